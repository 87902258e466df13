package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// needReader maps wordings to the needs of a procedure. What it found for a cell and for a phrase it remembers.
type needReader struct {
	p       *procedure.Procedure
	m       *procedure.Matcher
	open    string // code of the open need; "" if the procedure has none
	cells   map[string]wording
	phrases map[string]phrase
	listed  []listedNeed
}

// A phrase is one wording with the needs it speaks of.
type phrase struct {
	codes []string
	close string // the listed need that it resembles without being it
}

// listedNeed is a need of the procedure as a set of stems, for telling what resembles it.
type listedNeed struct {
	text  string
	stems []string
}

func newNeedReader(p *procedure.Procedure, m *procedure.Matcher) *needReader {
	r := &needReader{p: p, m: m, cells: map[string]wording{}, phrases: map[string]phrase{}}
	for _, n := range p.Needs {
		if n.Other {
			r.open = n.Code
			continue
		}
		r.listed = append(r.listed, listedNeed{n.Text, contentStems(n.Text)})
	}
	return r
}

// A wording is an interaction that was read.
type wording struct {
	refs  []register.NeedRef
	id    string   // its words, by which two are the same
	close []string // phrases that resemble a listed need without being it
}

// read gives the needs of an interaction as a cell prints it, one for each of its phrases (two for a phrase that joins
// two needs). A phrase that the procedure does not list becomes its open need; without an open need it is left out.
// The result is shared: it must not be changed.
func (r *needReader) read(text string) wording {
	if w, ok := r.cells[text]; ok {
		return w
	}
	w := wording{id: ident(text)}
	for _, p := range r.split(text) {
		got := r.phrase(p)
		for _, code := range got.codes {
			w.refs = append(w.refs, register.NeedRef{Code: code, Text: p})
		}
		if len(got.codes) == 0 && r.open != "" {
			w.refs = append(w.refs, register.NeedRef{Code: r.open, Text: p})
			if got.close != "" {
				w.close = append(w.close, p)
			}
		}
	}
	if len(r.cells) < 50_000 {
		r.cells[text] = w
	}
	return w
}

// phrase gives the needs that one phrase speaks of.
func (r *needReader) phrase(p string) phrase {
	key := lang.Fold(p)
	if got, ok := r.phrases[key]; ok {
		return got
	}
	var got phrase
	for _, n := range r.m.Needs(russianText(p)) {
		got.codes = append(got.codes, n.Code)
	}
	if whole := unhyphened(p); len(got.codes) == 0 && whole != p {
		got = r.phrase(whole)
	} else if len(got.codes) == 0 {
		got.close = r.resembles(p)
	}
	if len(r.phrases) < 100_000 {
		r.phrases[key] = got
	}
	return got
}

// resembles names the listed need that shares at least half of all words with a phrase, and more than the verb alone.
func (r *needReader) resembles(p string) string {
	stems := contentStems(p)
	best, text := 0.0, ""
	for _, n := range r.listed {
		common := 0
		for _, s := range n.stems {
			if slices.Contains(stems, s) {
				common++
			}
		}
		if all := len(stems) + len(n.stems) - common; common >= 2 && float64(common)/float64(all) > best {
			best, text = float64(common)/float64(all), n.text
		}
	}
	if best < 0.5 {
		return ""
	}
	return text
}

// clientWords say who, not what.
var clientWords = map[string]bool{}

func init() {
	for _, w := range []string{"клиент", "гражданин", "граждане", "граждан", "сотрудник", "работник", "служащий", "заявитель", "внутренний", "внешний"} {
		clientWords[lang.Stem(w)] = true
	}
}

// contentStems are the stems of the words that mean something in a need, each once.
func contentStems(s string) []string {
	var out []string
	for _, w := range lang.Words(s) {
		if stem := lang.Stem(w); !lang.IsFunctionWord(w) && !clientWords[stem] && !slices.Contains(out, stem) {
			out = append(out, stem)
		}
	}
	return out
}

// split cuts an interaction into phrases: at line breaks and semicolons, and at commas and «и» where a phrase of its own
// begins, that is, one that starts with an action («получение …», «подача …», «оценка …»). Phrases are as printed,
// without list marks and the comma or full stop at the end.
func (r *needReader) split(text string) []string {
	var out []string
	for broken := false; text != ""; {
		l := text
		i := strings.IndexAny(text, "\n;")
		if i >= 0 {
			l = text[:i]
		}
		l = strings.TrimSpace(l)
		l = strings.TrimSpace(listMark().ReplaceAllString(l, ""))
		if l != "" {
			// A line that somebody only wrapped goes on in the middle of a phrase.
			if broken && len(out) > 0 && lowerStart(l) && !action(l) {
				l = out[len(out)-1] + " " + l
				out = out[:len(out)-1]
			}
			out = append(out, cutPhrases(l)...)
			broken = i >= 0 && text[i] == '\n' && !strings.HasSuffix(l, ",")
		}
		if i < 0 {
			break
		}
		broken = broken && text[i] == '\n'
		text = text[i+1:]
	}
	kept := out[:0]
	for _, p := range out {
		if p = strings.TrimRight(strings.TrimSpace(p), " ,.:"); !blank(p) && utf8.RuneCountInString(p) > 1 {
			kept = append(kept, p)
		}
	}
	return kept
}

// cutPhrases cuts one line at the commas and «и» after which an action begins.
func cutPhrases(l string) []string {
	var out []string
	from, depth := 0, 0
	for i := 0; i < len(l); i++ {
		skip := 0
		switch {
		case l[i] == '(':
			depth++
		case l[i] == ')' && depth > 0:
			depth--
		case l[i] == ',':
			skip = 1
		case l[i] == '.' && i+1 < len(l) && l[i+1] == ' ' && capital(l[i+2:]):
			skip = 1
		case strings.HasPrefix(l[i:], " и "), strings.HasPrefix(l[i:], " а также "):
			skip = strings.IndexByte(l[i+1:], ' ') + 1
			if strings.HasPrefix(l[i:], " а также ") {
				skip = len(" а также")
			}
		}
		if skip == 0 || depth > 0 {
			continue
		}
		rest := strings.TrimLeft(l[i+skip:], " ")
		for _, joint := range []string{"и ", "а также ", "либо ", "или "} {
			rest = strings.TrimPrefix(rest, joint)
		}
		if !action(rest) {
			continue
		}
		out = append(out, l[from:i])
		from = len(l) - len(rest)
		i = from - 1
	}
	return append(out, l[from:])
}

// actionNouns are verbal nouns that do not end in «-ние» or «-тие».
var actionNouns = set("подача сдача выдача передача отправка доставка проверка оценка запись консультация регистрация подпись прием " +
	"заявка запрос ответ обращение опрос помощь выбор поиск просмотр оформление загрузка распечатка справка вызов осмотр допуск доступ " +
	"обмен перевод отзыв расчет учет отслеживание аттестация информация обжалование жалоба подготовка стажировка прохождение")

// action tells whether a text begins with an action: a verbal noun in the nominative or an infinitive, perhaps after one
// adjective or adverb («предварительная запись», «личное обращение»).
func action(s string) bool {
	for n := 0; n < 2; n++ {
		end := strings.IndexAny(s, " ,;.\n")
		w := s
		if end >= 0 {
			w = s[:end]
		}
		w = lang.Fold(russianText(w))
		if len(w) > 6 && (strings.HasSuffix(w, "ние") || strings.HasSuffix(w, "тие") || strings.HasSuffix(w, "ить") ||
			strings.HasSuffix(w, "ать") || strings.HasSuffix(w, "ять") || strings.HasSuffix(w, "еть") || strings.HasSuffix(w, "ться")) || actionNouns[w] {
			return true
		}
		if !adjective(w) || end < 0 || s[end] != ' ' {
			return false
		}
		s = strings.TrimLeft(s[end:], " ")
	}
	return false
}

// adjective tells an adjective in the nominative by its ending: «предварительная», «личное», «устный».
func adjective(w string) bool {
	for _, e := range []string{"ая", "яя", "ое", "ее", "ый", "ий", "ые", "ие"} {
		if strings.HasSuffix(w, e) && utf8.RuneCountInString(w) > 4 {
			return true
		}
	}
	return false
}
