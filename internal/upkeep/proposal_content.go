package upkeep

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// proposable are the kinds that a proposal may change, in the order in which an outline looks for its first subject.
var proposable = []register.Kind{register.KindTouchpoint, register.KindUsage, register.KindProcess, register.KindAttribute, register.KindProfile, register.KindJourney, register.KindForm, register.KindReplacement}

// tidy judges the form of a content, not its sense, and gives the bytes to be stored.
func tidy(c Content) ([]byte, *Content, error) {
	c.Note = strings.TrimSpace(c.Note)
	c.Ground = register.Ground{Clause: strings.TrimSpace(c.Ground.Clause), Text: strings.TrimSpace(c.Ground.Text), Act: strings.TrimSpace(c.Ground.Act)}
	if len(c.Note) > maxProposalNote {
		return nil, nil, &Error{Code: CodeInvalid, Text: "Примечание слишком длинное.", Fields: []FieldError{{Field: "note", Text: "Не больше 64 КБ."}}}
	}
	if max(len(c.Ground.Clause), len(c.Ground.Text), len(c.Ground.Act)) > maxText {
		return nil, nil, &Error{Code: CodeInvalid, Text: "Основание слишком длинное.", Fields: []FieldError{{Field: "ground", Text: "Не больше 4096 байт."}}}
	}
	for _, s := range []string{c.Note, c.Ground.Clause, c.Ground.Text, c.Ground.Act} {
		if !utf8.ValidString(s) {
			return nil, nil, invalid("Текст не в кодировке UTF-8.")
		}
	}
	changes := make([]ProposedChange, 0, len(c.Changes))
	seen := make(map[register.Kind]map[string]bool)
	size := 0
	for _, x := range c.Changes {
		x.Content, x.Subject, x.Erased = x.Encoded(), nil, false
		if err := tidyChange(&x); err != nil {
			return nil, nil, err
		}
		if seen[x.Kind] == nil {
			seen[x.Kind] = map[string]bool{}
		}
		if seen[x.Kind][x.Key] {
			return nil, nil, &Error{Code: CodeInvalid, Text: "Предложение меняет одно и то же дважды.", Fields: []FieldError{{Kind: x.Kind, Key: x.Key, Text: "Повторяется."}}}
		}
		seen[x.Kind][x.Key] = true
		changes = append(changes, x)
		if size += len(x.Content) + len(x.Key) + 150; size > maxProposal {
			return nil, nil, invalid("Предложение слишком велико: больше %d МБ.", maxProposal>>20)
		}
	}
	c.Changes = changes
	return register.Encode(c), &c, nil
}

func tidyChange(x *ProposedChange) error {
	at := func(text string) error {
		return &Error{Code: CodeInvalid, Text: text, Fields: []FieldError{{Kind: x.Kind, Key: x.Key, Text: text}}}
	}
	if !slices.Contains(proposable, x.Kind) {
		return at("Предложением меняются точки, взаимодействия, процессы, признаки, профили, клиентские пути и бланки.")
	}
	if x.Op != register.Exclude {
		if !json.Valid(x.Content) {
			return at("Содержание изменения не читается.")
		}
		canonical, err := ledger.Canonical(x.Kind, x.Content)
		if err != nil {
			return at("Содержание изменения не читается как предмет своего вида.")
		}
		x.Content = canonical
	}
	if err := ledger.Check(x.Change); err != nil {
		return err
	}
	switch hashed := isHash(x.Base); {
	case x.Op == register.Include && x.Base != "":
		return at("Включить можно то, чего в перечне нет.")
	case x.Op != register.Include && !hashed:
		return at("Неизвестно, от какого текста сделано изменение: откройте форму заново.")
	}
	return nil
}

func isHash(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}

// outline sums a content up for lists.
func outline(c *Content, r *register.Register) Outline {
	var o Outline
	var first *ProposedChange
	for i := range c.Changes {
		x := &c.Changes[i]
		switch {
		case x.Kind == register.KindReplacement: // goes with the exclusion
		case x.Op == register.Include:
			o.Include++
		case x.Op == register.Amend:
			o.Amend++
		case x.Op == register.Exclude:
			o.Exclude++
		}
		if first == nil || slices.Index(proposable, x.Kind) < slices.Index(proposable, first.Kind) {
			first = x
		}
	}
	if first == nil {
		return o
	}
	o.Kind, o.Key = first.Kind, first.Key
	o.Text = clip(nameOf(*first, r), 200)
	return o
}

// nameOf is the subject of a change as people know it: after the change, or before it when it is excluded.
func nameOf(x ProposedChange, r *register.Register) string {
	raw := x.Content
	switch x.Kind {
	case register.KindTouchpoint:
		var t register.Touchpoint
		if json.Unmarshal(raw, &t) != nil {
			t, _ = r.Touchpoint(x.Key)
		}
		return t.Text()
	case register.KindProcess:
		var p register.Process
		if json.Unmarshal(raw, &p) != nil {
			p, _ = r.Process(x.Key)
		}
		return p.Title
	case register.KindUsage:
		var u register.Usage
		if json.Unmarshal(raw, &u) != nil {
			i := slices.IndexFunc(r.Usages, func(u register.Usage) bool { return u.Key == x.Key })
			if i < 0 {
				return ""
			}
			u = r.Usages[i]
		}
		return u.Text
	}
	var named struct {
		Title string `json:"title"`
	}
	_ = json.Unmarshal(raw, &named)
	return named.Title
}

// clip shortens a text to at most n bytes, between runes.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimSpace(s[:n]) + "…"
}
