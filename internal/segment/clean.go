package segment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// A Cleaning is an attribute with defects beside what a clean form of it would be, and why. Proposed is nil where only a
// person can say what was meant.
type Cleaning struct {
	Attribute register.Attribute
	Proposed  *register.Attribute
	Why       []string
}

// Clean proposes a clean form for every attribute with a defect, in their order; none for a clean dictionary. A proposed form
// has no defects itself.
func Clean(attributes []register.Attribute) []Cleaning {
	var cs []Cleaning
	for _, a := range attributes {
		if c, ok := CleanOne(a); ok {
			cs = append(cs, c)
		}
	}
	return cs
}

// CleanOne proposes a clean form of one attribute; ok is false when nothing is wrong with it.
func CleanOne(a register.Attribute) (c Cleaning, ok bool) {
	ds := Defects(a)
	if len(ds) == 0 {
		return c, false
	}
	c.Attribute = a
	p := a
	p.Printed = nil
	has := map[string]bool{}
	for _, d := range ds {
		has[d.Code] = true
		c.Why = append(c.Why, d.Text)
	}
	p.Values = slices.Clone(a.Values)
	if has[Separators] {
		var vs []string
		for _, v := range p.Values {
			if parts := Joined(v, len(a.Values)); parts != nil {
				vs = append(vs, parts...)
			} else {
				vs = append(vs, v)
			}
		}
		p.Values = vs
	}
	for _, d := range ds {
		if d.Code == Typo {
			for i, v := range p.Values {
				p.Values[i] = replaceWord(v, d.At, d.Word)
			}
		}
	}
	if has[Separators] || has[Typo] {
		for i, v := range p.Values {
			p.Values[i] = upperFirst(v)
		}
	}
	if has[Overlap] || has[SharedEnd] {
		vs, why := apart(p)
		c.Why = append(c.Why, why...)
		if vs == nil {
			return c, true
		}
		p.Values = vs
	}
	p.Values = unique(p.Values)
	if len(Defects(p)) > 0 {
		return c, true
	}
	c.Proposed = &p
	return c, true
}

// apart prints all bands of an attribute canonically so that no two share a number; nil when it cannot be told how.
func apart(a register.Attribute) (values, why []string) {
	if len(BandsOf(a)) != len(a.Values) {
		return nil, []string{"Среди значений не только полосы: разведите их вручную."}
	}
	bands := BandsOf(a)
	unit := ""
	for _, b := range bands {
		if unit == "" {
			unit = b.Unit
		}
	}
	if unit == "" && strings.Contains(fold(a.Title), "доход") {
		unit = unitRoubles
		why = append(why, "Не сказано, в чём считать: предложены рубли.")
	}
	order := make([]int, len(bands))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case bands[i].Low < bands[j].Low:
			return -1
		case bands[i].Low > bands[j].Low:
			return 1
		}
		return 0
	})
	ends, cut := false, false
	for k := 1; k < len(order); k++ {
		b, o := &bands[order[k-1]], &bands[order[k]]
		stretch, end, _ := b.Meets(*o)
		switch {
		case stretch && (o.High <= b.High || o.Low <= b.Low):
			return nil, append(why, "Одна из полос "+pairText(*b, *o)+" лежит внутри другой: что имелось в виду, может сказать только человек.")
		case stretch:
			b.High, b.HighIn, o.LowIn, cut = o.Low, true, false, true
		case end:
			o.LowIn, ends = false, true
		}
	}
	if ends {
		why = append(why, "Предложено относить общую границу к нижней полосе.")
	}
	if cut {
		why = append(why, "Предложено закончить полосу там, где начинается следующая.")
	}
	for _, b := range bands {
		if b.Unit == "" {
			b.Unit = unit
		}
		values = append(values, b.Canonical())
	}
	return values, why
}

// replaceWord puts one word for another, keeping a capital letter at its start.
func replaceWord(text, word, with string) string {
	var b strings.Builder
	for len(text) > 0 {
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(text)
		}
		w := text[:end]
		if w != "" && lang.Fold(w) == word {
			if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
				with = upperFirst(with)
			}
			w = with
		}
		b.WriteString(w)
		text = text[end:]
		if text != "" {
			_, n := utf8.DecodeRuneInString(text)
			b.WriteString(text[:n])
			text = text[n:]
		}
	}
	return b.String()
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

func unique(vs []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(vs, func(v string) bool {
		again := seen[fold(v)]
		seen[fold(v)] = true
		return again
	})
}
