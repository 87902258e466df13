package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/store"
)

// unopened says why the database does not open, and what to do about that and nothing else: whoever is told to restore a
// database that was only not reachable loses what was written since the backup.
func (a *app) unopened(ctx context.Context, err error) symptom {
	_, text := a.explain(ctx, err)
	s := symptom{"база данных", sick, text, ""}
	var le *ledger.Error
	if !errors.As(err, &le) {
		s.Advice = "Проверьте доступ к базе данных; подробности скажет perechen verify."
		return s
	}
	at, why := store.Unreachable(err)
	switch {
	case le.Code == ledger.CodeDamaged && le.Err != nil:
		s.Advice = "Сохраните копию папки как есть. Потом восстановите новейшую резервную копию в другую папку: perechen restore ФАЙЛ --data ПАПКА."
	case why != "":
		s.Text = "сервер не отвечает: " + at + " — " + why
		s.Advice = "Проверьте, что PostgreSQL работает и доступен с этой машины, и адрес в настройке db. С данными на сервере от этого ничего не делается."
	case at != "":
		s.Advice = "Сервер отвечает по адресу " + at + "; исправьте настройку db или права на сервере."
	}
	return s
}

// skew is how far the clocks of two machines may be apart before anybody is told.
const skew = time.Minute

// examineServer looks whether the database server may lose what it has acknowledged, and at its clock.
func examineServer(ctx context.Context, s *store.Store, now time.Time) (seen []symptom) {
	const check = "сервер базы данных"
	of, ok, err := s.Server(ctx)
	switch {
	case !ok:
		return nil
	case err != nil:
		return []symptom{{check, sick, plainly(err).Error(), "Проверьте доступ к базе данных."}}
	}
	if len(of.Unsafe) > 0 {
		seen = append(seen, symptom{check, sick, "настроен терять принятое: " + strings.Join(of.Unsafe, ", "), "Включите эти настройки PostgreSQL и перечитайте их: без них сбой питания уносит последние записи или портит базу."})
	}
	if apart := of.Clock.Sub(now).Abs(); apart > skew {
		seen = append(seen, symptom{check, doubt, fmt.Sprintf("его часы и часы этой машины расходятся на %s", apart.Round(time.Second)), "Настройте на обеих машинах время по сети (NTP): записи датируются часами узла."})
	}
	if !of.Checks {
		seen = append(seen, symptom{check, doubt, "расширения amcheck нет: perechen verify читает все записи, но не смотрит, целы ли указатели", "Выполните в этой базе CREATE EXTENSION amcheck (пакет postgresql-contrib)."})
	}
	if len(seen) == 0 {
		seen = []symptom{{check, sound, "PostgreSQL " + of.Version, ""}}
	}
	return seen
}

// examineMail asks the mail server of the settings whether it would take letters; it sends none.
func examineMail(ctx context.Context, m *mailing) symptom {
	const check = "почта"
	if m.config.Server == "" {
		return symptom{check, sound, "не настроена: уведомления стоят только на страницах", ""}
	}
	server, err := m.server()
	if err != nil {
		return symptom{check, sick, err.Error(), "Исправьте настройку: с ней perechen serve не начнёт работу."}
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if why, err := server.Try(ctx); err != nil {
		return symptom{check, doubt, fmt.Sprintf("сервер %s писем не примет: %s", m.config.Server, why), "Проверьте настройки smtp, smtp-tls, smtp-user и пароль. Письма ждут до трёх суток и уйдут сами; уведомления на страницах стоят и так."}
	}
	return symptom{check, sound, "сервер " + m.config.Server + " отвечает", ""}
}
