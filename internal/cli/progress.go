package cli

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// A bar shows the progress of long work on a terminal; elsewhere it writes nothing.
type bar struct {
	w    *os.File
	last time.Time
	wide bool // something stands on the line
}

func (a *app) newBar() *bar {
	f, ok := a.stderr.(*os.File)
	if !ok {
		return &bar{}
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return &bar{}
	}
	return &bar{w: f}
}

// say names a stage whose length is not known.
func (b *bar) say(what string) {
	if b.w == nil {
		return
	}
	fmt.Fprintf(b.w, "\r\033[K%s…", what)
	b.wide = true
}

// step shows done of total, at most ten times a second.
func (b *bar) step(what string, done, total int) {
	if b.w == nil || total == 0 || done < total && time.Since(b.last) < 100*time.Millisecond {
		return
	}
	b.last = time.Now()
	const wide = 30
	full := wide * done / total
	fmt.Fprintf(b.w, "\r\033[K%s %s%s %d%%", what, strings.Repeat("█", full), strings.Repeat("░", wide-full), 100*done/total)
	b.wide = true
}

// clear takes the bar off the line.
func (b *bar) clear() {
	if b.w != nil && b.wide {
		fmt.Fprint(b.w, "\r\033[K")
		b.wide = false
	}
}

// progress is say or step, for work that may not know its length.
func (b *bar) progress(phase string, done, total int64) {
	if total == 0 {
		b.say(phase)
		return
	}
	b.step(phase, int(done), int(total))
}
