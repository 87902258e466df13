package upkeep

import (
	"strings"
	"testing"
	"unicode/utf8"

	"perechen/internal/intake"
	"perechen/internal/register"
)

// FuzzSwap replaces a contact in texts of all sorts: the old one is not found any more, valid text stays valid, and a text
// without it stays as it is.
func FuzzSwap(f *testing.F) {
	for _, s := range []string{"", "8 (8672) 64-90-22", "тел. 64-90-22, 64-90-23", "8(8672)649022 доб. 5 (факс)", "vk.com/a и a@b.ru", "8 (8672) 64-90-22, 64-90-23 (доб.1)", "(8672) 64-90-22/23"} {
		f.Add("Телефон", s)
	}
	swap := swap{old: "8 (8672) 64-90-22", was: "+78672649022", text: "8 (495) 123-45-67", is: "+74951234567"}
	f.Fuzz(func(t *testing.T, label, text string) {
		if len(label)+len(text) > 2000 {
			return
		}
		p := register.Touchpoint{Label: label, Value: text}
		was := text
		changed := swap.point(&p)
		if !changed && (p.Value != was || p.Label != label) {
			t.Errorf("%q became %q without a word", was, p.Value)
		}
		if utf8.ValidString(label) && utf8.ValidString(text) && !utf8.ValidString(p.Label+p.Value) {
			t.Errorf("%q became %q", was, p.Value)
		}
		if changed && p.Value != was && !strings.Contains(p.Value, swap.text) {
			t.Errorf("%q became %q, without the new contact", was, p.Value)
		}
		for _, c := range intake.Contacts(p.Value) {
			if c.Canon == swap.was && !changed {
				t.Errorf("%q still has the old contact", p.Value)
			}
		}
	})
}
