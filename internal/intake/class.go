package intake

import (
	"strings"
	"unicode"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// printed is the class that a cell says, with what is to be noted about the words.
type printed struct {
	class   register.Class
	both    bool   // it says both
	misspel string // the word for «офлайн» as nobody should write it: «оффлайн»
}

// classOf reads «Взаимодействие в цифровой точке», «офлайн», «off-line», «очно», «дистанционно».
func classOf(text string) printed {
	var p printed
	digital, offline := false, false
	if _, in, ok := strings.Cut(text, "(в отчёте: "); ok { // as the list prints a row that contradicts the procedure
		text = in
	}
	words := lang.Words(text)
	for i, w := range words {
		w = russianWord(w)
		next := ""
		if i+1 < len(words) {
			next = russianWord(words[i+1])
		}
		switch {
		case strings.HasPrefix(w, "оффлайн"):
			offline, p.misspel = true, "оффлайн"
		case (w == "офф" || w == "оф") && strings.HasPrefix(next, "лайн"):
			offline, p.misspel = true, w+"-лайн"
		case strings.HasPrefix(w, "офлайн"), strings.HasPrefix(w, "offline"), w == "off" && next == "line",
			strings.HasPrefix(w, "очн"), strings.HasPrefix(w, "нецифров"), strings.HasPrefix(w, "личн"), w == "вживую":
			offline = true
		case strings.HasPrefix(w, "цифров"), strings.HasPrefix(w, "онлайн"), strings.HasPrefix(w, "online"),
			w == "on" && next == "line", w == "он" && strings.HasPrefix(next, "лайн"), strings.HasPrefix(w, "дистанционн"),
			strings.HasPrefix(w, "удаленн"), strings.HasPrefix(w, "электронн"), strings.HasPrefix(w, "заочн"):
			digital = true
		}
	}
	switch {
	case digital && offline:
		p.both = true
	case digital:
		p.class = register.Digital
	case offline:
		p.class = register.Offline
	}
	return p
}

// russianWord is a folded word with Latin letters that look Russian made Russian, if it has Russian letters at all.
func russianWord(w string) string {
	if !mixed(w) {
		return w
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cyrillic, r) {
			return r
		}
		for cyr, lat := range lookalikes {
			if lat == r && unicode.IsLower(cyr) {
				return cyr
			}
		}
		return r
	}, w)
}
