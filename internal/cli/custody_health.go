package cli

import (
	"context"
	"fmt"
	"os"
	"time"

	"perechen/internal/backup"
	"perechen/internal/jobs"
	"perechen/internal/lang"
)

// worries says what is not well with backups, drills and the other jobs, from what the database knows of them. It is the
// same on every node, for doctor, /readyz and the administrator's page.
func (p plan) worries(states []jobs.State, now time.Time) (all []symptom) {
	if p.dir == "" {
		all = append(all, symptom{"резервные копии", doubt, "папка резервных копий не указана: программа их сама не делает", "Задайте настройки backups, backup-times и drill-times (docs/deploy.md)."})
	} else if p.backups.Never() {
		all = append(all, symptom{"резервные копии", doubt, "время для копий не задано: их делает кто-то другой или никто", "Задайте настройку backup-times, например 02:00."})
	}
	if s, ok := jobs.Find(states, jobBackup); ok && p.dir != "" && !p.backups.Never() {
		since := s.Good
		if since.IsZero() {
			since = s.Last // known since then, and never done
		}
		late := now.Sub(since) > 2*p.backups.Gap()
		switch {
		case late && s.Good.IsZero():
			all = append(all, symptom{"резервные копии", sick, "ни одной копии не сделано, хотя время прошло. " + s.Fault, "Проверьте папку копий и то, что perechen serve работает; сделайте копию сейчас: perechen backup."})
		case late:
			all = append(all, symptom{"резервные копии", sick, "последняя удалась " + stamp(s.Good) + ", это давно: " + p.backups.String() + ". " + s.Fault, "Проверьте папку копий и место; сделайте копию сейчас: perechen backup."})
		case s.Fault != "":
			all = append(all, symptom{"резервные копии", doubt, "последняя попытка " + stamp(s.Tried) + " не удалась: " + s.Fault, "Проверьте папку копий и место; попытка повторится сама."})
		}
	}
	if s, ok := jobs.Find(states, jobDrill); ok && p.dir != "" {
		switch {
		case s.Fault != "":
			all = append(all, symptom{"учение", sick, "последнее (" + stamp(s.Tried) + ") не прошло: " + s.Fault, "Сделайте новую копию, проверьте место, где они лежат, и повторите: perechen drill."})
		case p.drills.Never() && s.Good.IsZero():
			all = append(all, symptom{"учение", doubt, "ни разу не проверено, что из копии можно восстановиться", "Проверьте: perechen drill; чтобы проверялось само, задайте drill-times."})
		case !p.drills.Never() && now.Sub(later(s.Good, s.Last)) > 2*p.drills.Gap():
			all = append(all, symptom{"учение", doubt, "последнее было " + stamp(s.Good) + ", это давно: " + p.drills.String(), "Проверьте, что perechen serve работает; проверьте копию сейчас: perechen drill."})
		}
	}
	if s, ok := jobs.Find(states, jobCheckpoints); ok && s.Fault != "" {
		all = append(all, symptom{"отпечатки", sick, s.Fault, "Выполните perechen verify: он назовёт первую неверную запись."})
	}
	for _, name := range []string{jobMail, jobReminders, jobHealth} {
		if s, ok := jobs.Find(states, name); ok && s.Tries > 2 {
			all = append(all, symptom{"работа " + name, doubt, fmt.Sprintf("не удаётся, попыток %d: %s", s.Tries, s.Fault), "Подробности — в журнале работы узла."})
		}
	}
	return all
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "никогда"
	}
	return t.Local().Format("02.01.2006 15:04")
}

// examineFolder looks at the folder of backups from this machine.
func (p plan) examineFolder(now time.Time) (all []symptom) {
	if p.dir == "" {
		return nil
	}
	s := symptom{"папка копий", sound, p.dir, ""}
	if probe, err := os.CreateTemp(p.dir, ".doctor-*"); err != nil {
		return []symptom{{s.Check, sick, fmt.Sprintf("в «%s» нельзя писать", p.dir), "Создайте папку и дайте права на запись пользователю, от имени которого работает программа."}}
	} else {
		probe.Close()
		os.Remove(probe.Name())
	}
	files, total, err := backup.List(p.dir, 1)
	switch {
	case err != nil:
		return []symptom{{s.Check, sick, err.Error(), "Проверьте права на папку."}}
	case total == 0:
		return []symptom{{s.Check, doubt, "в «" + p.dir + "» копий ещё нет", "Сделайте первую: perechen backup."}}
	case files[0].Fault != "":
		return []symptom{{s.Check, sick, files[0].Fault, "Удалите или уберите этот файл и сделайте новую копию: perechen backup."}}
	}
	age := now.Sub(files[0].Manifest.Time)
	s.Text = fmt.Sprintf("%s: %s, новейшая от %s", p.dir, lang.Count(total, "копия", "копии", "копий"), stamp(files[0].Manifest.Time))
	if p.backups.Never() && age > 7*24*time.Hour {
		s.Status, s.Advice = doubt, "Новейшей копии больше недели: сделайте новую, perechen backup, или задайте backup-times."
	}
	all = append(all, s)
	if free, ok := freeSpace(p.dir); ok && free < 3*uint64(max(files[0].Size, 0)) {
		all = append(all, symptom{"место для копий", doubt, lang.Number(int64(free>>20)) + " МиБ свободно — мало для следующих копий", "Освободите место или уменьшите backup-keep."})
	}
	return all
}

// ready tells whether a node can answer, and what somebody should look at though it can.
func (p plan) ready(ctx context.Context, in installation, runner *jobs.Runner) (look []string, err error) {
	s, err := in.store.Schema(ctx)
	switch {
	case err != nil:
		return nil, err
	case s.Behind():
		return nil, fmt.Errorf("the database is of schema %d, which programs that know less than %d cannot work with; this one knows %d", s.Have, s.Least, s.Known)
	case s.Have > s.Known:
		look = append(look, fmt.Sprintf("schema: the database has %d, this node knows %d: replace it", s.Have, s.Known))
	}
	for _, w := range p.worries(runner.States(), time.Now()) {
		if w.Status == sick {
			look = append(look, w.Check+": "+w.Text)
		}
	}
	return look, nil
}

// examineJobs looks at backups, drills, checkpoints and the other jobs.
func examineJobs(ctx context.Context, in installation, p plan) []symptom {
	states, err := in.store.Jobs().Jobs(ctx)
	if err != nil {
		return []symptom{{"работа по расписанию", sick, plainly(err).Error(), "Проверьте доступ к базе данных."}}
	}
	now := time.Now()
	all := append(p.examineFolder(now), p.worries(states, now)...)
	if len(states) > 0 && len(all) == 0 {
		all = append(all, symptom{"работа по расписанию", sound, lang.Count(len(states), "вид", "вида", "видов"), ""})
	}
	if s, ok := jobs.Find(states, jobDrill); ok && p.dir != "" && s.Fault == "" && !s.Good.IsZero() {
		all = append(all, symptom{"учение", sound, "последнее прошло " + stamp(s.Good), ""})
	}
	return all
}
