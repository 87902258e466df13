package backup

import (
	"context"
	"errors"
	"os"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
)

// A Drilled log is what a drill says of one.
type Drilled struct {
	Body    string `json:"body"`
	Entries int64  `json:"entries"`
	Root    string `json:"root"`
	OK      bool   `json:"ok"`
	Text    string `json:"text"`
	Since   *int64 `json:"since,omitempty"` // entries made since in the installation, when that could be looked at
}

// A Report is what came of a drill.
type Report struct {
	File     string    `json:"file"`
	Time     time.Time `json:"time"` // of the backup
	Key      bool      `json:"key"`  // the signing key is in it
	OK       bool      `json:"ok"`
	Logs     []Drilled `json:"logs"`
	Compared bool      `json:"compared"` // with the installation
	Seconds  float64   `json:"seconds"`
}

// A Progress is told what is done now and how much of it; it may be nil.
type Progress func(phase string, done, total int64)

func (p Progress) say(phase string, done, total int64) {
	if p != nil {
		p(phase, done, total)
	}
}

// Check unpacks a backup into an empty folder and verifies every log in it. Damage is an error of CodeDamaged; with it
// come the verdicts when the backup could be taken apart at all.
func Check(ctx context.Context, file, dir string, p Progress) (Manifest, []proof.Verdict, error) {
	p.say("Распаковка", 0, 0)
	m, err := Unpack(ctx, file, dir)
	if err != nil {
		return m, nil, err
	}
	verdicts, err := Verify(ctx, dir, m, func(body string, done, total int64) { p.say("Проверка "+body, done, total) })
	if err != nil {
		return m, nil, err
	}
	for _, v := range verdicts {
		if !v.OK {
			return m, verdicts, &ledger.Error{Code: ledger.CodeDamaged, Text: "Копия повреждена, восстанавливать из неё нельзя. " + v.Body + ": " + v.Text}
		}
	}
	return m, verdicts, nil
}

// Drill restores a backup aside, in a temporary folder, verifies it whole and holds it against the installation live, which
// may be nil: each log must be the beginning of its own there. Nothing is changed. An error means that the backup could not
// even be taken apart, or that there was no room to do so.
func Drill(ctx context.Context, file string, live *ledger.Ledger, p Progress) (Report, error) {
	began := time.Now()
	r := Report{File: file}
	aside, err := os.MkdirTemp("", "perechen-drill-*")
	if err != nil {
		return r, &ledger.Error{Code: ledger.CodeStorage, Text: "Временная папка не создана: проверьте место и права в " + os.TempDir() + ".", Err: err}
	}
	defer os.RemoveAll(aside)
	m, verdicts, err := Check(ctx, file, aside, p)
	if err != nil && verdicts == nil {
		return r, err
	}
	r.Time, r.Key, r.OK, r.Logs = m.Time, m.Key, err == nil, []Drilled{}
	for i, l := range m.Logs {
		d := Drilled{Body: l.Body, Entries: l.Entries, Root: l.Root}
		if i < len(verdicts) {
			d.OK, d.Text = verdicts[i].OK, verdicts[i].Text
		}
		if live != nil {
			r.Compared = true
			beside(ctx, live, &d)
		}
		r.OK = r.OK && d.OK
		r.Logs = append(r.Logs, d)
	}
	r.Seconds = time.Since(began).Seconds()
	return r, ctx.Err()
}

// beside holds one log of a backup against that of the installation.
func beside(ctx context.Context, live *ledger.Ledger, d *Drilled) {
	h, err := live.Head(ctx, d.Body)
	if errors.Is(err, ledger.ErrNotFound) || err == nil && h.N < d.Entries {
		d.Text += " В действующей установке этих записей нет: копия новее её или чужая."
		return
	}
	var signed string
	if err == nil {
		signed, err = live.Checkpoint(ctx, d.Body, d.Entries)
	}
	var cp proof.Checkpoint
	if err == nil {
		cp, err = proof.OpenCheckpoint(signed, live.Key().Keys())
	}
	switch {
	case err != nil:
		d.Text += " С действующей установкой не сверено: " + err.Error()
	case cp.Root.String() != d.Root:
		d.OK = false
		d.Text += " Журнал действующей установки начинается НЕ так, как копия: один из них подменён. Выполните perechen verify."
	default:
		since := h.N - d.Entries
		d.Since = &since
		d.Text += " Это начало действующего журнала; после копии внесено: " + entries(since) + "."
	}
}
