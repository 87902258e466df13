package render

import (
	"strings"
	"unicode"

	"perechen/internal/office"

	"github.com/aymanbagabas/go-udiff/lcs"
)

// Redline shows how one text became another, word by word: removed words struck out, added words underlined.
func Redline(before, after string) []office.Run {
	a, b := words(before), words(after)
	var runs []office.Run
	add := func(ws []string, struck, underlined bool) {
		if text := strings.Join(ws, ""); text != "" {
			runs = append(runs, office.Run{Text: text, Struck: struck, Underline: underlined})
		}
	}
	at := 0
	for _, d := range lcs.DiffLines(a, b) {
		add(a[at:d.Start], false, false)
		add(a[d.Start:d.End], true, false)
		add(b[d.ReplStart:d.ReplEnd], false, true)
		at = d.End
	}
	add(a[at:], false, false)
	return runs
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
