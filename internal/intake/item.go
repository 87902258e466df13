package intake

import (
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// An Item is one line of the preview of a plan.
type Item struct {
	Op      register.Op      `json:"op"`
	Kind    register.Kind    `json:"kind"`
	Key     string           `json:"key,omitempty"`     // empty for a line about many
	Process string           `json:"process,omitempty"` // of a usage: the process's title
	Point   string           `json:"point,omitempty"`   // of a usage: the point as printed
	Text    string           `json:"text"`              // the title, the point as printed, or the wording of a usage
	Fields  []Field          `json:"fields,omitempty"`
	Count   int              `json:"count,omitempty"`  // of what a line about many is about
	Source  *register.Source `json:"source,omitempty"` // where the document says so; nil for exclusions
}

// A Field is one changed field: before and after, as a person reads them.
type Field struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// String is the line in Russian, with its changed fields: «точка «Телефон: …»: контакт «…» → «…»».
func (it Item) String() string {
	text := "«" + clip(oneLine(it.Text), 240) + "»"
	switch {
	case it.Key == "":
		text = it.Text
	case it.Kind == register.KindProcess:
		text = "процесс " + text
	case it.Kind == register.KindTouchpoint:
		text = "точка " + text
	case it.Kind == register.KindUsage:
		text = "строка «" + clip(it.Process, 120) + "» — «" + clip(it.Point, 160) + "»: " + clip(oneLine(it.Text), 200)
	case it.Kind == register.KindAttribute:
		text = "признак " + text
	case it.Kind == register.KindProfile:
		text = "профиль " + text
	}
	if len(it.Fields) == 0 {
		return text
	}
	fs := make([]string, len(it.Fields))
	for i, f := range it.Fields {
		fs[i] = f.Name + " " + quoted(f.Before) + " → " + quoted(f.After)
	}
	return text + ": " + strings.Join(fs, "; ")
}

func quoted(s string) string {
	if s == "" {
		return "пусто"
	}
	return "«" + s + "»"
}

// moved adds the line that tells how many things only changed their place in the report.
func (pl *planner) moved(kind register.Kind, n int) {
	if n == 0 {
		return
	}
	what := lang.Count(n, "строки", "строк", "строк")
	if kind == register.KindProcess {
		what = lang.Count(n, "процесса", "процессов", "процессов")
	}
	pl.plan.Moved = append(pl.plan.Moved, Item{Op: register.Amend, Kind: kind, Text: "только место в отчёте: у " + what, Count: n})
}

// usageItem is the line of a usage.
func (pl *planner) usageItem(u *register.Usage, src *register.Source) Item {
	return Item{Kind: register.KindUsage, Key: u.Key, Process: pl.texts[u.Process], Point: pl.texts[u.Touchpoint], Text: u.Text, Source: src}
}

type fieldList []Field

func (l *fieldList) add(name, before, after string) {
	if before != after {
		*l = append(*l, Field{name, before, after})
	}
}

func (pl *planner) pointFields(was, t *register.Touchpoint) []Field {
	var l fieldList
	l.add("название", was.Label, t.Label)
	l.add("контакт", was.Value, t.Value)
	if was.Value == t.Value {
		l.add("контакт в едином виде", was.Contact, t.Contact)
	}
	if was.Kind != t.Kind {
		l.add("вид канала", pl.p.KindTitle(was.Kind), pl.p.KindTitle(t.Kind))
	}
	l.add("адрес", was.Place, t.Place)
	l.add("часы работы", was.Hours, t.Hours)
	l.add("отдел", pl.department(was.Department), pl.department(t.Department))
	if was.Declared != t.Declared {
		l.add("названа порядком", pl.declared(was.Declared), pl.declared(t.Declared))
	}
	return l
}

func (pl *planner) department(key string) string {
	for _, d := range pl.p.Departments {
		if d.Key == key {
			return d.Title
		}
	}
	for _, d := range pl.cur.Departments {
		if d.Key == key {
			return d.Title
		}
	}
	return key
}

func (pl *planner) declared(key string) string {
	if d, ok := pl.p.DeclaredByKey(key); ok && key != "" {
		return "пункт " + d.Clause + ": " + d.Label
	}
	return key
}

func (pl *planner) usageFields(was, u *register.Usage) []Field {
	var l fieldList
	l.add("взаимодействие", was.Text, u.Text)
	l.add("особенности", was.Feature, u.Feature)
	if was.Printed != u.Printed {
		l.add("класс в строке", className(was.Printed), className(u.Printed))
	}
	if !sameNeeds(was.Needs, u.Needs) {
		l.add("потребности", pl.needsText(was.Needs), pl.needsText(u.Needs))
	}
	return l
}

func className(c register.Class) string {
	switch c {
	case register.Digital:
		return "цифровая точка"
	case register.Offline:
		return "офлайн-точка"
	}
	return ""
}

// needsText lists needs with their codes: the wording alone does not show a change of the code. Rows say the same again and
// again: what was said lately is not held once more.
func (pl *planner) needsText(ns []register.NeedRef) string {
	var w []string
	for _, n := range ns {
		w = append(w, n.Text+" ["+n.Code+"]")
	}
	text := strings.Join(w, ", ")
	if known, ok := pl.needsSaid[text]; ok {
		return known
	}
	if len(pl.needsSaid) == needsSaid {
		clear(pl.needsSaid)
	}
	if pl.needsSaid == nil {
		pl.needsSaid = map[string]string{}
	}
	pl.needsSaid[text] = text
	return text
}

// needsSaid is how many lists of needs are remembered as said.
const needsSaid = 256
