package upkeep

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"perechen/internal/ledger"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// faults are the things without which the ledger would not take a content, or nobody could make sense of it. What the
// procedure asks for beyond that is said by findings and judged by people.
func (s sight) faults(c *Content) []FieldError {
	var fs []FieldError
	if len(c.Changes) == 0 {
		return []FieldError{{Text: "в нём нет ни одного изменения."}}
	}
	if err := ledger.CheckGround(c.Ground, s.actor.Account); err != nil {
		fs = append(fs, FieldError{Field: "ground", Text: "укажите основание: пункт порядка или причину словами."})
	}
	changes := plain(c.Changes)
	after, err := ledger.Apply(s.register, changes)
	if err != nil {
		return append(fs, FieldError{Text: err.Error()})
	}
	processes, points := map[string]bool{}, map[string]bool{}
	for i := range after.Processes {
		processes[after.Processes[i].Key] = true
	}
	for i := range after.Touchpoints {
		points[after.Touchpoints[i].Key] = true
	}
	touched := map[string]bool{}
	for _, x := range changes {
		if x.Op != register.Exclude {
			fs = append(fs, s.subjectFaults(x)...)
		}
		if x.Kind == register.KindUsage {
			touched[x.Key] = true
		}
	}
	fs = append(fs, s.replacementFaults(changes, after)...)
	for i := range after.Usages {
		u := &after.Usages[i]
		dead := func(field, text string) {
			f := FieldError{Kind: register.KindUsage, Key: u.Key, Field: field, Text: text}
			if !touched[u.Key] {
				f.Text = fmt.Sprintf("взаимодействие «%s» останется без того, на что ссылается: исключите и его.", clip(u.Text, 80))
			}
			fs = append(fs, f)
		}
		switch {
		case !points[u.Touchpoint]:
			dead("touchpoint", "выберите точку, которая есть в перечне.")
		case u.Process != "" && !processes[u.Process]:
			dead("process", "выберите процесс, который есть в перечне.")
		}
	}
	return fs
}

// subjectFaults judges one subject by itself.
func (s sight) subjectFaults(c register.Change) (fs []FieldError) {
	say := func(field, text string) {
		fs = append(fs, FieldError{Kind: c.Kind, Key: c.Key, Field: field, Text: text})
	}
	switch c.Kind {
	case register.KindTouchpoint:
		var t register.Touchpoint
		_ = json.Unmarshal(c.Content, &t) // tidied when it was saved
		if strings.TrimSpace(t.Label) == "" && strings.TrimSpace(t.Value) == "" {
			say("label", "назовите точку.")
		}
		if s.procedure != nil && !slices.ContainsFunc(s.procedure.Kinds, func(k procedure.Kind) bool { return k.Code == t.Kind }) {
			say("kind", "выберите вид точки из порядка.")
		}
	case register.KindUsage:
		var u register.Usage
		_ = json.Unmarshal(c.Content, &u)
		if strings.TrimSpace(u.Text) == "" {
			say("text", "напишите, какое взаимодействие осуществляется.")
		}
	case register.KindForm:
		var b register.Blank
		_ = json.Unmarshal(c.Content, &b)
		if strings.TrimSpace(b.Title) == "" || len(b.Versions) == 0 {
			say("title", "назовите бланк и приложите его файл.")
		}
	case register.KindJourney:
		var j register.Journey
		_ = json.Unmarshal(c.Content, &j)
		journeyFaults(j, say)
	case register.KindProcess:
		var p register.Process
		_ = json.Unmarshal(c.Content, &p)
		if strings.TrimSpace(p.Title) == "" {
			say("title", "назовите процесс.")
		}
	case register.KindAttribute:
		var a register.Attribute
		_ = json.Unmarshal(c.Content, &a)
		switch {
		case strings.TrimSpace(a.Title) == "":
			say("title", "назовите признак.")
		case strings.ContainsAny(a.Title, ";\n"):
			say("title", "название признака пишется одной строкой, без точки с запятой.")
		case !a.Free && len(a.Values) == 0:
			say("values", "напишите значения или отметьте, что годится любой текст.")
		case slices.ContainsFunc(a.Values, func(v string) bool { return strings.TrimSpace(v) == "" || strings.ContainsAny(v, ";\n") }):
			say("values", "точка с запятой и новая строка разделяют значения, внутри значения их нет.")
		}
	case register.KindProfile:
		var p register.Profile
		_ = json.Unmarshal(c.Content, &p)
		if strings.TrimSpace(p.Title) == "" {
			say("title", "назовите профиль.")
		}
		if field, text, is := segment.Person(p); is {
			say(field, text)
		}
		s.refFaults(p, say)
	}
	return fs
}

// refFaults judges what a profile points to.
func (s sight) refFaults(p register.Profile, say func(field, text string)) {
	if _, ok := s.register.Process(p.Process); p.Process != "" && !ok {
		say("process", "выберите процесс, который есть в перечне.")
	}
	for _, x := range []struct {
		field string
		refs  []register.ChannelRef
	}{{"inform_by", p.InformBy}, {"receive_by", p.ReceiveBy}} {
		for _, ref := range x.refs {
			if _, ok := s.register.Touchpoint(ref.Touchpoint); ref.Touchpoint != "" && !ok {
				say(x.field, "выберите точку, которая есть в перечне.")
			}
		}
	}
}

// plain are the changes without their bases.
func plain(xs []ProposedChange) []register.Change {
	cs := make([]register.Change, len(xs))
	for i, x := range xs {
		cs[i] = x.Change
	}
	return cs
}

// journeyFaults are what nobody could make sense of in a journey: without a name, without steps, a step that does nothing.
func journeyFaults(j register.Journey, say func(field, text string)) {
	if strings.TrimSpace(j.Title) == "" {
		say("title", "назовите путь.")
	}
	if j.State != register.AsIs && j.State != register.ToBe {
		say("state", "выберите, путь как есть или как должно быть.")
	}
	if j.Steps() == 0 {
		say("stages", "в пути нет ни одного шага.")
	}
	for i, s := range j.Stages {
		if strings.TrimSpace(s.Title) == "" {
			say(fmt.Sprintf("stages.%d.title", i), "назовите этап.")
		}
		for k, x := range s.Steps {
			if strings.TrimSpace(x.Action) == "" {
				say(fmt.Sprintf("stages.%d.%d.action", i, k), "напишите, что делает клиент.")
			}
		}
	}
}
