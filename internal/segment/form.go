// Package segment reads the words of a segmentation: which values of the dictionary are bands and with what ends, what in the
// printed form of an attribute is wrong and what a clean form of it would be, which attribute a profile means, and whether a
// profile speaks of a person.
//
// It is pure. What it finds is computed from the words as they are kept in the register, so the log holds one truth: the text.
package segment

import (
	"strings"

	"perechen/internal/register"
)

// A Form is an attribute in canonical form, beside its printed one.
type Form struct {
	Kind   string  `json:"kind"` // list, bands, free
	Unit   string  `json:"unit,omitempty"`
	Values []Value `json:"values,omitempty"`
}

// The kinds of a Form. A list is closed: a profile takes its values from it.
const (
	KindList  = "list"
	KindBands = "bands"
	KindFree  = "free"
)

// A Value is one value of a closed list; of a band, with its ends. An open end is nil.
type Value struct {
	Text   string   `json:"text"`
	Low    *float64 `json:"low,omitempty"`
	LowIn  bool     `json:"low_in,omitempty"`
	High   *float64 `json:"high,omitempty"`
	HighIn bool     `json:"high_in,omitempty"`
}

// FormOf reads an attribute.
func FormOf(a register.Attribute) Form {
	if a.Free {
		return Form{Kind: KindFree}
	}
	f := Form{Kind: KindList}
	bands := BandsOf(a)
	if len(a.Values) > 0 && len(bands) == len(a.Values) {
		f.Kind, f.Unit = KindBands, bands[0].UnitText()
		for _, b := range bands[1:] {
			if f.Unit == "" {
				f.Unit = b.UnitText()
			}
		}
		for _, b := range bands {
			f.Values = append(f.Values, b.value())
		}
		return f
	}
	for _, v := range a.Values {
		f.Values = append(f.Values, Value{Text: v})
	}
	return f
}

func (b Band) value() Value {
	v := Value{Text: b.Text, LowIn: b.LowIn, HighIn: b.HighIn}
	if b.Low > -1e300 {
		v.Low = &b.Low
	}
	if b.High < 1e300 {
		v.High = &b.High
	}
	return v
}

// BandsOf are the values of an attribute that are bands, in their order.
func BandsOf(a register.Attribute) []Band {
	var bands []Band
	for _, v := range a.Values {
		if b, ok := ParseBand(v); ok && !b.Single && !b.Reversed {
			bands = append(bands, b)
		}
	}
	return bands
}

// SplitValues cuts the cell of a dictionary's values at semicolons and line breaks.
func SplitValues(cell string) []string {
	var out []string
	for _, v := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == '\n' }) {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}

// Free tells that the values of a cell are none: one text that explains itself in brackets says what kind of words to write
// there.
func Free(values []string) bool {
	return len(values) == 1 && strings.Contains(values[0], "(") && strings.HasSuffix(values[0], ")") && len(values[0]) > 60
}

// The marks that stand beside an attribute in a column of their own, where its words do not say the same.
const (
	MarkOptional = "необязательный"
	MarkSeveral  = "несколько значений"
	MarkFree     = "свободный текст"
	MarkClosed   = "закрытый список"
	MarkNoType   = "без типа"
)

// OptionalTitle tells that a title itself says that a profile may leave the attribute out: «Льготы (при наличии)».
func OptionalTitle(title string) bool {
	_, tail, ok := strings.Cut(strings.ToLower(title), "(")
	return ok && (strings.HasPrefix(tail, "при наличии") || strings.HasPrefix(tail, "необязательн") || strings.HasPrefix(tail, "не обязательн"))
}

// Marks are those without which the printed row would be read as another attribute.
func Marks(a register.Attribute) []string {
	var ms []string
	if a.Optional && !OptionalTitle(a.Title) {
		ms = append(ms, MarkOptional)
	}
	if a.Several {
		ms = append(ms, MarkSeveral)
	}
	if inferred := Free(SplitValues(strings.Join(a.Values, "; "))); inferred != a.Free {
		if a.Free {
			ms = append(ms, MarkFree)
		} else {
			ms = append(ms, MarkClosed)
		}
	}
	return ms
}

// Mark gives an attribute what a cell of marks says; it tells whether the type is left out on purpose.
func Mark(a *register.Attribute, cell string) (noType bool) {
	for _, m := range strings.FieldsFunc(strings.ToLower(cell), func(r rune) bool { return r == ';' || r == ',' || r == '\n' }) {
		switch strings.TrimSpace(m) {
		case MarkOptional, "необязательно", "не обязательно", "при наличии":
			a.Optional = true
		case MarkSeveral, "можно несколько", "допускается несколько значений":
			a.Several = true
		case MarkFree:
			a.Free = true
		case MarkClosed:
			a.Free = false
		case MarkNoType:
			noType = true
		}
	}
	return noType
}

// Purposes are the purposes of a profile, one by one.
func Purposes(p register.Profile) []string { return SplitValues(p.Purpose) }

// Names are the values that a profile names for one attribute, one by one.
func Names(value string) []string { return SplitValues(value) }

// Same tells that two values are one, letter for letter but for case and layout.
func Same(a, b string) bool { return fold(a) == fold(b) }

// KindLine is how a printed profile names a kind of channel where it could name a point: «вид: Телефон».
const KindLine = "вид: "

// PrintedRow are the cells of an attribute as its document has them: type, title, values.
func PrintedRow(a register.Attribute) []string {
	if len(a.Printed) == 3 {
		return a.Printed
	}
	return []string{a.Type, a.Title, strings.Join(a.Values, "; ")}
}
