package intake

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

var update = flag.Bool("update", false, "write phoneplans.txt anew from the library")

// codes are the country codes that the library knows.
func codes() []int {
	var all []int
	for code := range phonenumbers.GetSupportedCallingCodes() {
		all = append(all, code)
	}
	slices.Sort(all)
	return all
}

// TestPhonePlansAreTheLibrarys holds the file to the library's data; -update writes it.
func TestPhonePlansAreTheLibrarys(t *testing.T) {
	coll, err := phonenumbers.MetadataCollection()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, code := range codes() {
		for _, region := range phonenumbers.GetRegionCodesForCountryCode(code) {
			i := slices.IndexFunc(coll.Metadata, func(m *phonenumbers.PhoneMetadata) bool {
				return m.GetId() == region && int(m.GetCountryCode()) == code
			})
			if i < 0 {
				t.Fatalf("%d %s: no plan", code, region)
			}
			m := coll.Metadata[i]
			var lengths []string
			for _, n := range m.GeneralDesc.PossibleLength {
				lengths = append(lengths, fmt.Sprint(n))
			}
			var kinds []string
			for _, d := range []*phonenumbers.PhoneNumberDesc{m.FixedLine, m.Mobile, m.TollFree, m.PremiumRate, m.SharedCost, m.PersonalNumber, m.Voip, m.Pager, m.Uan, m.Voicemail} {
				if p := d.GetNationalNumberPattern(); p != "" && p != "NA" && !slices.Contains(kinds, p) {
					kinds = append(kinds, p)
				}
			}
			fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", code, m.GetLeadingDigits(), m.GetNationalPrefixForParsing(),
				strings.NewReplacer("$1", "${1}", "$2", "${2}").Replace(m.GetNationalPrefixTransformRule()), strings.Join(lengths, " "),
				m.GeneralDesc.GetNationalNumberPattern(), strings.Join(kinds, "|"))
		}
	}
	if *update {
		if err := os.WriteFile("phoneplans.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if b.String() != phonePlans {
		t.Error("phoneplans.txt is not what the library has; run go test ./internal/intake -run PhonePlans -update")
	}
}

// TestInternationalIsTheLibrarys asks both about numbers of every country, right ones and ones spoilt a little.
func TestInternationalIsTheLibrarys(t *testing.T) {
	same := func(figures string) (valid bool) {
		t.Helper()
		num, err := phonenumbers.Parse("+"+figures, "RU")
		want, valid := "", err == nil && phonenumbers.IsValidNumber(num)
		if valid {
			want = phonenumbers.Format(num, phonenumbers.E164)
		}
		got, ok := international(figures)
		if ok != valid || ok && got != want {
			t.Errorf("+%s: %q, %v; the library says %q, %v", figures, got, ok, want, valid)
		}
		return valid
	}
	r := rand.New(rand.NewPCG(3, 5))
	good := 0
	ask := func(figures string) {
		if same(figures) {
			good++
		}
	}
	for _, code := range codes() {
		for _, region := range phonenumbers.GetRegionCodesForCountryCode(code) {
			var examples []string
			for kind := phonenumbers.FIXED_LINE; kind <= phonenumbers.VOICEMAIL; kind++ {
				if num := phonenumbers.GetExampleNumberForType(region, kind); num != nil {
					examples = append(examples, phonenumbers.GetNationalSignificantNumber(num))
				}
			}
			if num := phonenumbers.GetExampleNumberForNonGeoEntity(code); num != nil {
				examples = append(examples, phonenumbers.GetNationalSignificantNumber(num))
			}
			for _, national := range examples {
				for _, before := range []string{"", "0", "00", "8", "1", "15", "44", "90"} {
					ask(fmt.Sprint(code) + before + national)
				}
				for range 20 {
					b := []byte(national)
					for range 1 + r.IntN(3) {
						b[r.IntN(len(b))] = byte('0' + r.IntN(10))
					}
					ask(fmt.Sprint(code) + string(b))
					ask(fmt.Sprint(code) + string(b[:len(b)-1]))
					ask(fmt.Sprint(code) + string(b) + "7")
				}
			}
		}
	}
	for range 20_000 {
		b := make([]byte, r.IntN(16))
		for i := range b {
			b[i] = byte('0' + r.IntN(10))
		}
		ask(string(b))
	}
	if good < 10_000 {
		t.Errorf("only %d numbers were right ones", good)
	}
}
