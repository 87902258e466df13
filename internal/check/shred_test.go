package check_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"perechen/internal/testkit"
)

// shred empties, repeats or swaps fields of a value at random, as careless hands and foreign files do.
func shred(r *rand.Rand, v reflect.Value, strings []string) {
	if r.IntN(60) == 0 && v.CanSet() {
		v.SetZero()
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			shred(r, v.Elem(), strings)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				shred(r, v.Field(i), strings)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			shred(r, v.Index(i), strings)
		}
		if v.Len() > 1 && r.IntN(20) == 0 {
			i, j := r.IntN(v.Len()), r.IntN(v.Len())
			reflect.Swapper(v.Interface())(i, j)
		}
	case reflect.String:
		if r.IntN(40) == 0 && v.CanSet() {
			v.SetString(strings[r.IntN(len(strings))])
		}
	case reflect.Int, reflect.Int64:
		if r.IntN(40) == 0 && v.CanSet() {
			v.SetInt(int64(r.IntN(5) - 2))
		}
	}
}

// FuzzRun holds that no register and no procedure, however torn, brings a check down or leads to an unfinished finding.
func FuzzRun(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed, "30.02.2026")
	}
	f.Add(uint64(1), "8 (8672) 64-90-2")
	f.Add(uint64(2), "оффлайн - точка внешнего клиента")
	f.Add(uint64(3), "https:///")
	f.Add(uint64(4), "\xff\xfe@.")
	f.Add(uint64(5), " 30.02.2026") // after «…: » it made two spaces of one
	f.Add(uint64(6), "\t8  (8672)\n64-90-22 ")
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		r := rand.New(rand.NewPCG(seed, 7))
		for _, s := range []testkit.Sample{testkit.Clean(), testkit.Committee(), testkit.Ministry()} {
			if strings.Contains(text, "%!") {
				return // the mark of a sentence whose blanks were not filled
			}
			words := []string{text, "", "2.5", "digital", "phone", "«", "99.99", "до 5", "1-3 лет; 3-5 лет", "t-204", "p1"}
			shred(r, reflect.ValueOf(&s).Elem(), words)
			for _, f := range run(s) {
				wellFormed(t, f)
			}
		}
	})
}
