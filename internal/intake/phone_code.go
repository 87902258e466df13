package intake

import (
	"strings"

	"perechen/internal/procedure"
)

// cityCodes knows the codes that the telephones of a body have, for reading those that are printed without one.
type cityCodes struct {
	numbers []string // ten figures each
}

// codesOf are the codes of the telephones that the procedure declares and that stand in the tables.
func codesOf(p *procedure.Procedure, tables []headed) *cityCodes {
	c := &cityCodes{}
	seen := map[string]bool{}
	take := func(text string) {
		for _, k := range contactsOf(text) {
			number, _, _ := strings.Cut(k.canon, ";")
			if n, ok := strings.CutPrefix(number, "+7"); ok && k.kind == kPhone && !seen[n] && !strings.HasPrefix(n, "9") && !strings.HasPrefix(n, "80") {
				seen[n] = true
				c.numbers = append(c.numbers, n)
			}
		}
	}
	for _, d := range p.Declared {
		take(d.Label + ": " + d.Value)
	}
	cells := map[string]bool{}
	for _, t := range tables {
		for r := t.from; r < len(t.Rows); r++ {
			for _, f := range [...]field{fPoint, fContact} {
				for _, col := range t.layout.cols[f] {
					if col < len(t.Rows[r].Cells) {
						if text := t.Rows[r].Cells[col].String(); !cells[text] && len(cells) < sampledRows*sampledCells {
							cells[text] = true
							take(clean(text))
						}
					}
				}
			}
		}
	}
	return c
}

// of is the code that every telephone of the body with as many figures after it has; empty when they differ or there is none.
func (c *cityCodes) of(figures int) string {
	code := ""
	for _, n := range c.numbers {
		switch own := n[:10-figures]; {
		case code == "":
			code = own
		case code != own:
			return ""
		}
	}
	return code
}

// coded reads a telephone printed without a code as one of the body's own city; the doubt stays, and says so.
func (r *pointReader) coded(k contact, text string) contact {
	if r.codes == nil || k.kind != kPhone || k.canon != "" || k.doubt != noCode {
		return k
	}
	printed := text[k.from:k.to]
	digits, _, _ := phoneRun(printed, 0, nil)
	if len(digits) < 5 || len(digits) > 7 {
		return k
	}
	code := r.codes().of(len(digits))
	if code == "" {
		return k
	}
	if cs := contactsOf("тел. 8 (" + code + ") " + printed); len(cs) == 1 && cs[0].canon != "" {
		k.canon = cs[0].canon
		k.doubt = noCode + ", код " + code + " взят у других телефонов органа"
	}
	return k
}
