package render

import (
	"slices"
	"strings"
	"unicode"

	"perechen/internal/lang"
	"perechen/internal/office"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// Redline shows how one text became another, word by word: removed words struck out, added words underlined. A word or two
// that stayed by chance between long changes is shown as changed with them, so that a sentence that was written anew is not
// torn to pieces.
func Redline(before, after string) []office.Run {
	a, b := words(before), words(after)
	var edits []edit
	at := 0
	for _, d := range lcs.DiffLines(a, b) {
		edits = append(edits, edit{kept: a[at:d.Start], gone: a[d.Start:d.End], came: b[d.ReplStart:d.ReplEnd]})
		at = d.End
	}
	edits = joinEdits(edits)
	var runs []office.Run
	add := func(ws []string, struck, underlined bool) {
		if text := strings.Join(ws, ""); text != "" {
			runs = append(runs, office.Run{Text: text, Struck: struck, Underline: underlined})
		}
	}
	for _, e := range edits {
		add(e.kept, false, false)
		add(e.gone, true, false)
		add(e.came, false, true)
	}
	add(a[at:], false, false)
	return runs
}

// An edit is a change with the words that stayed before it.
type edit struct{ kept, gone, came []string }

// joinEdits dissolves words that stayed between two changes each of which is longer than they are.
func joinEdits(edits []edit) []edit {
	var out []edit
	for _, e := range edits {
		if len(out) > 0 {
			last := &out[len(out)-1]
			n := letters(e.kept)
			if n < max(letters(last.gone), letters(last.came)) && n < max(letters(e.gone), letters(e.came)) && len(e.kept) <= 2 {
				last.gone = slices.Concat(last.gone, e.kept, e.gone)
				last.came = slices.Concat(last.came, e.kept, e.came)
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

func letters(words []string) int {
	n := 0
	for _, w := range words {
		n += len(strings.TrimSpace(w))
	}
	return n
}

// RedlineItems shows how one list became another, item by item and joined by sep: removed items struck out, added ones
// underlined, and an item of which only some words changed as a redline of its own.
func RedlineItems(before, after []string, sep string) []office.Run {
	var runs []office.Run
	add := func(rs ...office.Run) {
		if len(runs) > 0 {
			runs = append(runs, office.Run{Text: sep})
		}
		runs = append(runs, rs...)
	}
	change := func(gone, came []string) {
		for _, g := range gone {
			if i := slices.IndexFunc(came, func(c string) bool { return alike(g, c) }); i >= 0 {
				for _, c := range came[:i] {
					add(office.Run{Text: c, Underline: true})
				}
				add(Redline(g, came[i])...)
				came = came[i+1:]
				continue
			}
			add(office.Run{Text: g, Struck: true})
		}
		for _, c := range came {
			add(office.Run{Text: c, Underline: true})
		}
	}
	at := 0
	for _, d := range lcs.DiffLines(before, after) {
		for _, x := range before[at:d.Start] {
			add(office.Run{Text: x})
		}
		change(before[d.Start:d.End], after[d.ReplStart:d.ReplEnd])
		at = d.End
	}
	for _, x := range before[at:] {
		add(office.Run{Text: x})
	}
	return runs
}

// alike tells whether two items are one thing said in other words: nearly all stems of the shorter one are in the longer one,
// which has not many more.
func alike(a, b string) bool {
	x, y := lang.Stems(a), lang.Stems(b)
	same := 0
	for _, s := range x {
		if slices.Contains(y, s) {
			same++
		}
	}
	return same > 0 && same*4 >= min(len(x), len(y))*3 && same*2 >= max(len(x), len(y))
}

// words cuts a text after each run of spaces, so that the pieces joined give the text back.
func words(s string) []string {
	var ws []string
	start, space := 0, false
	for i, r := range s {
		if sp := unicode.IsSpace(r); sp {
			space = true
		} else if space {
			ws = append(ws, s[start:i])
			start, space = i, false
		}
	}
	if start < len(s) {
		ws = append(ws, s[start:])
	}
	return ws
}
