package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/workday"

	"github.com/spf13/cobra"
)

// How grave a thing is that doctor saw.
const (
	sick  = "беда"  // the program cannot do its work, or data are in danger
	doubt = "совет" // it works; somebody should look
	sound = "в порядке"
)

// A symptom is one thing that doctor looked at: what it saw, and what to do where it is not well.
type symptom struct {
	Check  string `json:"check"`
	Status string `json:"status"`
	Text   string `json:"text"`
	Advice string `json:"advice,omitempty"`
}

// checkSpace is the one thing of the folder without which the rest can be looked at all the same.
const checkSpace = "место на диске"

// least is how much free space a register should have: its database, a backup beside it and what SQLite needs meanwhile.
const least = 256 << 20

func (a *app) cmdDoctor() *cobra.Command {
	var o custody
	var m mailing
	c := &cobra.Command{
		Use:   "doctor",
		Short: "осмотреть установку: что не в порядке и что сделать",
		Long:  "Смотрит папку данных, место на диске, базу, ключ, часы, почту, календарь, резервные копии и учения. Ничего не меняет.\nКод выхода 1, если есть беда. Подписи и отпечатки всех записей проверяет perechen verify.",
		Args:  takes(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			p, err := o.plan()
			if err != nil {
				return err
			}
			seen := a.examine(c.Context(), p, &m)
			ill := slices.ContainsFunc(seen, func(s symptom) bool { return s.Status == sick })
			if a.json {
				if err := a.printJSON(seen); err != nil {
					return err
				}
			} else {
				for _, s := range seen {
					a.printf("%-10s %s: %s\n", s.Status, s.Check, s.Text)
					if s.Advice != "" {
						a.printf("%-10s   → %s\n", "", s.Advice)
					}
				}
			}
			if ill {
				return &failure{code: exitRefused}
			}
			return nil
		},
	}
	o.flags(c.Flags())
	m.flags(c.Flags())
	return c
}

// examine looks at everything that can be looked at; what depends on something sick is left out.
func (a *app) examine(ctx context.Context, p plan, m *mailing) []symptom {
	seen := a.examineFolder()
	if slices.ContainsFunc(seen, func(s symptom) bool { return s.Status == sick && s.Check != checkSpace }) {
		return seen
	}
	in, done, err := a.openAll(ctx)
	if err != nil {
		return append(seen, a.unopened(ctx, err))
	}
	defer done()
	l := in.ledger
	bodies, err := l.Bodies(ctx)
	if err != nil {
		return append(seen, a.unopened(ctx, err))
	}
	seen = append(seen, symptom{"база данных", sound, "открывается, " + lang.Count(len(bodies), "орган", "органа", "органов"), ""})
	if len(bodies) == 0 {
		seen = append(seen, symptom{"органы", doubt, "органов ещё нет", "Добавьте орган: perechen body add --procedure …"})
	}
	seen = append(seen, examineServer(ctx, in.store, time.Now())...)
	well := 0
	for _, b := range bodies {
		of := examineBody(ctx, l, b, len(bodies) <= detailed)
		if len(bodies) > detailed && of[0].Status == sound {
			well++
			continue
		}
		seen = append(seen, of...)
	}
	if well > 0 {
		seen = append(seen, symptom{"органы", sound, "у " + lang.Count(well, "органа", "органов", "органов") + " последняя запись подписана этим ключом", ""})
	}
	seen = append(seen, examineJobs(ctx, in, p)...)
	return append(seen, examineMail(ctx, m), examineZone(time.Now()), examineCalendar(register.DateOf(time.Now())), examineOffice())
}

// examineZone looks whether days begin where people are: a machine that was set up by nobody in particular goes by UTC.
func examineZone(now time.Time) symptom {
	name, offset := now.Zone()
	if offset == 0 {
		return symptom{"часовой пояс", doubt, "часы идут по " + name + ": назначения и сроки начинаются и кончаются не в местную полночь", "Укажите пояс органа: --zone Europe/Moscow, --zone Asia/Vladivostok, --zone МСК+7."}
	}
	return symptom{"часовой пояс", sound, now.Format("02.01.2006 15:04 -07:00"), ""}
}

// detailed is for how many bodies each is named and its register read; of more only what is not well is said.
const detailed = 50

func (a *app) examineFolder() []symptom {
	dir := a.data()
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return []symptom{{"папка данных", sick, fmt.Sprintf("папки «%s» нет", dir), "Укажите --data или начните с perechen init."}}
	case err != nil:
		return []symptom{{"папка данных", sick, fmt.Sprintf("«%s»: %s", dir, cause(err)), "Проверьте права на папку."}}
	case !info.IsDir():
		return []symptom{{"папка данных", sick, fmt.Sprintf("«%s» — не папка", dir), "Укажите папку: --data."}}
	}
	seen := []symptom{{"папка данных", sound, dir, ""}}
	if probe, err := os.CreateTemp(dir, ".doctor-*"); err != nil {
		seen[0] = symptom{"папка данных", sick, fmt.Sprintf("в «%s» нельзя писать", dir), "Дайте права на запись пользователю, от имени которого работает программа, или освободите место."}
	} else {
		probe.Close()
		os.Remove(probe.Name())
	}
	if free, ok := freeSpace(dir); ok {
		s := symptom{checkSpace, sound, lang.Number(int64(free>>20)) + " МиБ свободно", ""}
		if free < least {
			s.Status, s.Advice = doubt, "Освободите место: полный диск остановит запись (прежние данные уцелеют)."
		}
		if free < least/8 {
			s.Status = sick
		}
		seen = append(seen, s)
	}
	seen = append(seen, examineKey(filepath.Join(dir, store.KeyFile)))
	if name := filepath.Join(dir, store.DatabaseFile); a.db == "" {
		// One that is missing is told of when it is opened.
		if err := writable(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			seen = append(seen, symptom{"база данных", sick, "файл " + name + " закрыт для записи: " + unwritten(err), "Отдайте файл пользователю, от имени которого работает программа: chown ПОЛЬЗОВАТЕЛЬ " + name + ", chmod 600."})
		}
	}
	return seen
}

func examineKey(name string) symptom {
	s := symptom{"ключ подписи", sound, name, ""}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return symptom{s.Check, sick, "нет файла " + name, "Верните ключ из резервной копии или скопируйте из папки данных другого узла; если перечня ещё не было — perechen init."}
	case err != nil:
		return symptom{s.Check, sick, fmt.Sprintf("%s: %s", name, cause(err)), "Проверьте права на файл."}
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return symptom{s.Check, sick, fmt.Sprintf("%s: %s", name, cause(err)), "Дайте право на чтение пользователю, от имени которого работает программа, и никому больше: chmod 600 " + name}
	}
	if _, err := proof.ParseKey(string(raw)); err != nil {
		return symptom{s.Check, sick, fmt.Sprintf("%s: %s", name, err), "Верните ключ из резервной копии или скопируйте из папки данных другого узла."}
	}
	if info.Mode().Perm()&0o077 != 0 {
		return symptom{s.Check, doubt, fmt.Sprintf("%s открыт другим пользователям машины (%04o)", name, info.Mode().Perm()), "Закройте: chmod 600 " + name}
	}
	return s
}

func examineBody(ctx context.Context, l *ledger.Ledger, b register.Organisation, read bool) []symptom {
	what := "орган " + b.Slug
	h, err := l.Head(ctx, b.Slug)
	if err != nil {
		return []symptom{{what, sick, err.Error(), "Выполните perechen verify --body " + b.Slug + "."}}
	}
	var seen []symptom
	if keys, err := proof.ParseKeys(l.Verifier()); err == nil {
		if _, err := proof.OpenCheckpoint(h.Signed, keys); err != nil {
			seen = append(seen, symptom{what, sick, "последняя запись подписана не этим ключом", "Верните ключ, который лежал рядом с этой базой, и выполните perechen verify."})
		}
	}
	if ahead := time.Until(h.Time); ahead > time.Minute {
		seen = append(seen, symptom{what, doubt, fmt.Sprintf("последняя запись из будущего: %s", h.Time.Local().Format("02.01.2006 15:04")),
			"Проверьте часы машины; до этого времени новые записи получат время последней."})
	}
	if read {
		if _, err := l.State(ctx, b.Slug, 0); err != nil {
			seen = append(seen, symptom{what, sick, err.Error(), "Выполните perechen verify --body " + b.Slug + "."})
		}
	}
	if len(seen) == 0 {
		seen = []symptom{{what, sound, lang.Count(int(h.N), "запись", "записи", "записей") + " в журнале", ""}}
	}
	return seen
}

// examineCalendar looks whether deadlines can be counted to the end of the next quarter.
func examineCalendar(today register.Date) symptom {
	t, _ := today.Time()
	years := workday.Shipped().Years()
	ahead := t.AddDate(0, 3, 0).Year()
	for y := t.Year(); y <= ahead; y++ {
		if !slices.Contains(years, y) {
			return symptom{"календарь", doubt, fmt.Sprintf("производственного календаря на %d год в программе нет", y),
				"Внесите его на странице «Календарь» или обновите программу: без него сроки на этот год не считаются."}
		}
	}
	return symptom{"календарь", sound, fmt.Sprintf("есть по %d год", years[len(years)-1]), ""}
}

func examineOffice() symptom {
	for _, name := range []string{"soffice", "libreoffice"} {
		if p, err := exec.LookPath(name); err == nil {
			return symptom{"LibreOffice", sound, p, ""}
		}
	}
	return symptom{"LibreOffice", doubt, "не найден: старые файлы .doc и .rtf не прочитать", "Установите LibreOffice или сохраняйте такие файлы как .docx."}
}
