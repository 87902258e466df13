package register

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// A Difference is what became of one subject between two states of a register. Before is nil for what was included,
// After for what was excluded; otherwise both hold the noun (Process, Touchpoint, Usage, …).
type Difference struct {
	Op     Op
	Kind   Kind
	Key    string
	Before any
	After  any
	Fields []FieldDifference // of an amended subject, in the order of the noun's fields
}

// A FieldDifference is one field of an amended subject, as text: lists are joined with «; ».
type FieldDifference struct {
	Field         string // JSON name of the field
	Before, After string
}

// Compare lists what differs between two states of the same register: first departments, then processes, touchpoints,
// usages, attributes, profiles, journeys and appointments, each in the order of the later state, excluded ones last in their kind.
// Editions and decisions are not compared: they are about the register, not in it. Where a value stood in a document
// (Source) is not a difference. Neither is a place in the report that shifted because something was put in or taken out
// above: the position differs only for those that others overtook, and for as few of them as can be.
func Compare(a, b *Register) []Difference {
	var ds []Difference
	ds = append(ds, compare(KindDepartment, a.Departments, b.Departments, func(d Department) string { return d.Key }, nil)...)
	ds = append(ds, compare(KindProcess, a.Processes, b.Processes, func(p Process) string { return p.Key }, nil)...)
	ds = append(ds, compare(KindTouchpoint, a.Touchpoints, b.Touchpoints, func(t Touchpoint) string { return t.Key }, func(t *Touchpoint) { t.Source = nil })...)
	ds = append(ds, compare(KindUsage, a.Usages, b.Usages, func(u Usage) string { return u.Key }, func(u *Usage) { u.Source = nil })...)
	ds = append(ds, compare(KindAttribute, a.Attributes, b.Attributes, func(x Attribute) string { return x.Key }, func(x *Attribute) { x.Source = nil })...)
	ds = append(ds, compare(KindProfile, a.Profiles, b.Profiles, func(x Profile) string { return x.Key }, func(x *Profile) { x.Source = nil })...)
	ds = append(ds, compare(KindJourney, a.Journeys, b.Journeys, func(x Journey) string { return x.Key }, nil)...)
	ds = append(ds, compare(KindForm, a.Forms, b.Forms, func(x Blank) string { return x.Key }, nil)...)
	ds = append(ds, compare(KindAppointment, a.Appointments, b.Appointments, func(x Appointment) string { return x.Key }, nil)...)
	return ds
}

func compare[T any](kind Kind, a, b []T, key func(T) string, drop func(*T)) []Difference {
	place := make(map[string]int, len(a)) // of each subject of a
	for i := range a {
		place[key(a[i])] = i
	}
	was := make([]int, len(b)) // place in a of each subject of b, -1 for none
	kept := make([]bool, len(a))
	var common, places []int
	for i := range b {
		at, ok := place[key(b[i])]
		if !ok {
			was[i] = -1
			continue
		}
		was[i], kept[at] = at, true
		common, places = append(common, i), append(places, at)
	}
	moved := make(map[int]bool) // by place in b
	for i, keeps := range longestRise(places) {
		if !keeps {
			moved[common[i]] = true
		}
	}
	var ds []Difference
	for i := range b {
		if was[i] < 0 {
			ds = append(ds, Difference{Op: Include, Kind: kind, Key: key(b[i]), After: b[i]})
			continue
		}
		if same(&a[was[i]], &b[i]) { // most are, and encoding takes longer
			continue
		}
		o, n := a[was[i]], b[i]
		if drop != nil {
			drop(&o)
			drop(&n)
		}
		if eo, en := Encode(o), Encode(n); !bytes.Equal(eo, en) {
			fs := slices.DeleteFunc(fields(eo, en), func(f FieldDifference) bool { return f.Field == "position" && !moved[i] })
			if len(fs) > 0 {
				ds = append(ds, Difference{Op: Amend, Kind: kind, Key: key(b[i]), Before: a[was[i]], After: b[i], Fields: fs})
			}
		}
	}
	for i := range a {
		if !kept[i] {
			ds = append(ds, Difference{Op: Exclude, Kind: kind, Key: key(a[i]), Before: a[i]})
		}
	}
	return ds
}

// same tells that two subjects of one kind are equal, wherever they stood in a document. The kinds that come in great
// numbers are compared by hand.
func same(a, b any) bool {
	switch a := a.(type) {
	case *Touchpoint:
		x, y := *a, *b.(*Touchpoint)
		x.Source, y.Source = nil, nil
		return x == y
	case *Usage:
		return a.same(b.(*Usage))
	}
	return reflect.DeepEqual(a, b)
}

func (u *Usage) same(v *Usage) bool {
	return u.Key == v.Key && u.Process == v.Process && u.Touchpoint == v.Touchpoint && u.Client == v.Client && u.Text == v.Text && u.Feature == v.Feature &&
		u.Printed == v.Printed && u.Position == v.Position && u.From == v.From && u.To == v.To && slices.Equal(u.Needs, v.Needs) && slices.Equal(u.Forms, v.Forms)
}

// longestRise marks the elements of a longest rising sequence of xs, which are all different.
func longestRise(xs []int) []bool {
	ends := make([]int, 0, len(xs)) // index of the least end of a rising sequence of each length
	prev := make([]int, len(xs))
	for i, x := range xs {
		n, _ := slices.BinarySearchFunc(ends, x, func(j, x int) int { return xs[j] - x })
		if prev[i] = -1; n > 0 {
			prev[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	in := make([]bool, len(xs))
	if len(ends) > 0 {
		for i := ends[len(ends)-1]; i >= 0; i = prev[i] {
			in[i] = true
		}
	}
	return in
}

// Fields lists the fields in which two encoded subjects of one kind differ (Encode), in the order they are encoded in.
func fields(a, b json.RawMessage) []FieldDifference {
	av, names := flat(a, nil)
	bv, names := flat(b, names)
	var fs []FieldDifference
	for _, n := range names {
		if av[n] != bv[n] {
			fs = append(fs, FieldDifference{Field: n, Before: av[n], After: bv[n]})
		}
	}
	return fs
}

// ContentFields lists the fields in which two contents of the log's entries differ; nil content is an absent subject.
// Where a value stood in a document is left out.
func ContentFields(before, after json.RawMessage) []FieldDifference {
	return slices.DeleteFunc(fields(before, after), func(f FieldDifference) bool { return f.Field == "source" })
}

// flat reads the top-level fields of an encoded object as texts, keeping names in first-seen order after the given ones.
func flat(raw json.RawMessage, names []string) (map[string]string, []string) {
	vals := map[string]string{}
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return vals, names
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			break
		}
		name, _ := t.(string)
		var v any
		if d.Decode(&v) != nil {
			break
		}
		vals[name] = plain(v)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return vals, names
}

// FieldText writes the JSON of one field as a person would say it; empty for none.
func FieldText(raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return ""
	}
	return plain(v)
}

// plain writes a decoded JSON value as a person would say it: the texts it holds, lists joined with «; ».
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		if v {
			return "да"
		}
		return "нет"
	case []any:
		var parts []string
		for _, x := range v {
			parts = append(parts, plain(x))
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		if text, ok := v["text"].(string); ok { // a need: its wording says it all
			return text
		}
		if _, ok := v["sha256"]; ok { // a file: its name and what is said of it
			return strings.Join(nonEmpty(plain(v["name"]), plain(v["note"])), ", ")
		}
		if _, ok := v["action"]; ok {
			return stepText(v)
		}
		if _, ok := v["steps"]; ok {
			return strings.Join(nonEmpty(plain(v["title"]), plain(v["steps"])), ": ")
		}
		names := make([]string, 0, len(v))
		for n := range v {
			names = append(names, n)
		}
		slices.Sort(names)
		var parts []string
		for _, n := range names {
			parts = append(parts, plain(v[n]))
		}
		return strings.Join(parts, ", ")
	}
	b, _ := json.Marshal(v) // numbers
	return string(b)
}

// stepText is a step of a journey as a person would say it: what is done, and in brackets where, with what and how long.
func stepText(v map[string]any) string {
	said := strings.Join(nonEmpty(plain(v["points"]), plain(v["documents"]), plain(v["duration"]), plain(v["pain"])), "; ")
	if said != "" {
		said = "(" + said + ")"
	}
	return strings.Join(nonEmpty(plain(v["action"]), said), " ")
}

func nonEmpty(parts ...string) []string {
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}
