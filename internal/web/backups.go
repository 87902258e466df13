package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"perechen/internal/auth"
	"perechen/internal/jobs"
	"perechen/internal/lang"
)

func (s *site) backupRoutes(mux router) {
	mux.HandleFunc("/-/backups", s.form(s.backups, s.askBackup, who{whoAdmin}))
}

// backupsShown is how many files, and runs of each kind, the page shows.
const backupsShown = 20

// backupsPage tells an administrator whether the installation could be restored, and lets him try.
type backupsPage struct {
	frame
	Wrong   []link
	Done    string
	Worries []Worry
	Off     bool // no node makes backups
	Works   []backupWork
	Live    bool // something runs or waits: the part of the page is asked for again
	Folder  string
	Fault   string
	Keep    string
	Line    string
	Files   []backupItem
	Drills  []runItem
	Made    []runItem
}

// A backupWork is one of the two jobs: how it stands and the button for it.
type backupWork struct {
	Job, Title   string
	State, Tone  string
	Good         *moment
	Times        string
	Phase        string
	Percent      int // -1: not known
	Now, NowHint string
}

type backupItem struct {
	moment
	Name, Size string
	Fault      string
	Key        bool
	Logs       []string
}

type runItem struct {
	moment
	OK         bool
	Word, Text string
	File       string
	By, Node   string
	Took       string
	Logs       []string
}

func (s *site) backups(r *request) (page, error) {
	if s.custody == nil {
		return nil, notFound("")
	}
	b, err := s.custody.Backups(r.Context(), backupsShown)
	if err != nil {
		return nil, err
	}
	p := &backupsPage{frame: r.plain("backups", r.lang.T("backups.title")), Worries: b.Worries, Off: !b.Known, Folder: b.Folder, Fault: b.Fault, Wrong: r.wrong()}
	if r.query.Get("done") == "asked" {
		p.Done = r.lang.T("backups.asked")
	}
	if b.Known {
		p.Works = []backupWork{r.backupWork(JobBackup, b.Backup, b.Times), r.backupWork(JobDrill, b.Drill, b.DrillTimes)}
	}
	for _, w := range p.Works {
		p.Live = p.Live || w.Phase != ""
	}
	if b.Keep > 0 {
		p.Keep = r.lang.T("backups.keep", b.Keep)
	}
	p.Line = r.lang.Count(b.Total, "backups.files")
	for _, f := range b.Files {
		item := backupItem{moment: newMoment(f.Time, r.loc), Name: f.Name, Size: sizeText(r.lang, f.Size), Fault: f.Fault, Key: f.Key}
		for _, l := range f.Logs {
			item.Logs = append(item.Logs, r.lang.T("backups.log", l.Body, lang.Number(l.Entries), l.Root[:min(12, len(l.Root))]))
		}
		p.Files = append(p.Files, item)
	}
	names := map[string]string{}
	for _, x := range b.Drills {
		p.Drills = append(p.Drills, s.runItem(r, x, names))
	}
	for _, x := range b.Made {
		p.Made = append(p.Made, s.runItem(r, x, names))
	}
	return p, nil
}

func (s *site) askBackup(r *request, v url.Values) (string, error) {
	job := v.Get("job")
	if s.custody == nil || job != JobBackup && job != JobDrill {
		return "", badRequest("error.badform")
	}
	ok, err := s.custody.Ask(r.Context(), job, r.viewer.ID)
	if err != nil {
		return "", err
	}
	if !ok {
		return "", &formError{Status: http.StatusConflict, Text: r.lang.T("backups.busy")}
	}
	s.audit(r.Request, auth.ActSettings, lang.Russian.T("backups.now."+job))
	return "/-/backups?done=asked", nil
}

func (r *request) backupWork(job string, st jobs.State, times jobs.Schedule) backupWork {
	t := r.lang.T
	w := backupWork{Job: job, Title: t("backups." + job), Times: t("backups.never"), Percent: -1, Now: t("backups.now." + job)}
	if !times.Never() {
		w.Times = times.String()
		if r.lang != lang.Russian {
			w.Times = times.Plain()
		}
	}
	if !st.Good.IsZero() {
		m := newMoment(st.Good, r.loc)
		w.Good = &m
	}
	switch {
	case st.Running(r.now):
		w.State, w.Tone, w.Phase = t("backups.running"), "waits", t("backups.running")
		if st.Phase != "" {
			w.Phase = st.Phase
		}
		if st.Total > 0 {
			w.Percent = int(100 * min(st.Done, st.Total) / st.Total)
		}
	case !st.Asked.IsZero():
		w.State, w.Tone, w.Phase = t("backups.waits"), "waits", t("backups.waits")
	case st.Fault != "":
		w.State, w.Tone = t("backups.bad."+job), "back"
	case st.Good.IsZero():
		w.State, w.Tone = t("backups.none."+job), "waits"
	default:
		w.State, w.Tone = t("backups.good."+job), "done"
	}
	return w
}

func (s *site) runItem(r *request, x jobs.Run, names map[string]string) runItem {
	item := runItem{moment: newMoment(x.Began, r.loc), OK: x.OK, Text: x.Text, Node: x.Node, By: r.lang.T("backups.itself"), Took: seconds(r.lang, x.Ended.Sub(x.Began))}
	item.Word = r.lang.T("backups.verdict.bad")
	if x.OK {
		item.Word = r.lang.T("backups.verdict.good")
	}
	if x.By != "" {
		if _, known := names[x.By]; !known {
			names[x.By] = x.By
			if a, err := s.accounts.Account(r.Context(), x.By); err == nil {
				names[x.By] = a.Name
			}
		}
		item.By = names[x.By]
	}
	var facts struct {
		File string
		Logs []struct{ Body, Text string }
	}
	if len(x.Facts) > 0 && json.Unmarshal(x.Facts, &facts) == nil {
		item.File = facts.File[strings.LastIndexAny(facts.File, `/\`)+1:]
		for _, l := range facts.Logs {
			item.Logs = append(item.Logs, l.Body+": "+l.Text)
		}
	}
	return item
}

// sizeText is a size in binary units, to one place.
func sizeText(tag lang.Tag, bytes int64) string {
	unit, x := "backups.kib", float64(bytes)/(1<<10)
	if x >= 1<<20 {
		unit, x = "backups.gib", x/(1<<20)
	} else if x >= 1<<10 {
		unit, x = "backups.mib", x/(1<<10)
	}
	return tag.T(unit, decimal(tag, x))
}

func seconds(tag lang.Tag, d time.Duration) string {
	return tag.T("backups.seconds", decimal(tag, d.Seconds()))
}

func decimal(tag lang.Tag, x float64) string {
	text := fmt.Sprintf("%.1f", x)
	if tag == lang.Russian {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}
