package feedback

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"perechen/internal/workday"
)

var noon = time.Date(2026, 4, 7, 12, 0, 0, 0, time.UTC)

func TestFormGivesOneOpinionHoweverOftenItIsSent(t *testing.T) {
	k, of := NewKey(), Subject{OfPoint, "phone"}
	f := k.NewForm("komzan", of, noon)
	for range 2 {
		g, ok := k.OpenForm(f.Token, "komzan", of, noon.Add(time.Hour))
		if !ok || g.Code() != f.Code() || g.OpinionID() != f.OpinionID() || g.AppealID() != f.AppealID() {
			t.Fatalf("sent again it is another form: %v", ok)
		}
	}
	if f.OpinionID() == f.AppealID() {
		t.Error("the opinion leads to the appeal")
	}
	if g := k.NewForm("komzan", of, noon); g.Code() == f.Code() || g.OpinionID() == f.OpinionID() {
		t.Error("two forms are one")
	}
	for name, ok := range map[string]bool{
		"other body":    second(k.OpenForm(f.Token, "minec", of, noon)),
		"other subject": second(k.OpenForm(f.Token, "komzan", Subject{OfProcess, "phone"}, noon)),
		"late":          second(k.OpenForm(f.Token, "komzan", of, noon.Add(FormLife+time.Minute))),
		"other key":     second(NewKey().OpenForm(f.Token, "komzan", of, noon)),
		"changed":       second(k.OpenForm("A"+f.Token[1:], "komzan", of, noon)) && f.Token[0] != 'A',
		"nonsense":      second(k.OpenForm("нет", "komzan", of, noon)),
	} {
		if ok {
			t.Errorf("%s: taken", name)
		}
	}
}

func second(_ Form, ok bool) bool { return ok }

func TestCodeIsTypedAnyWayAndSlipsAreFound(t *testing.T) {
	k := NewKey()
	for range 50 {
		code := k.NewForm("komzan", Subject{}, noon).Code()
		if len(code) != 24 {
			t.Fatalf("code %q", code)
		}
		plain := strings.ReplaceAll(code, "-", "")
		for _, typed := range []string{code, plain, " " + strings.ReplaceAll(code, "-", " ") + "\t", strings.ReplaceAll(code, "-", "–")} {
			if got, ok := ParseCode(typed); !ok || got != plain || CodePrint(got) != CodePrint(code) {
				t.Errorf("%q is read as %q, %v", typed, got, ok)
			}
		}
		for i := range plain {
			slip := []byte(plain)
			slip[i] = '0' + (slip[i]-'0'+1)%10
			if _, ok := ParseCode(string(slip)); ok {
				t.Errorf("%s for %s is taken", slip, plain)
			}
			if i > 0 && plain[i] != plain[i-1] {
				slip = []byte(plain)
				slip[i], slip[i-1] = slip[i-1], slip[i]
				if _, ok := ParseCode(string(slip)); ok {
					t.Errorf("%s for %s is taken", slip, plain)
				}
			}
		}
	}
	for _, s := range []string{"", "1234", "1234-5678-9012-3456-78901", "１２３４", "12345678901234567ab0"} {
		if _, ok := ParseCode(s); ok {
			t.Errorf("%q is taken for a code", s)
		}
	}
}

func TestTermRunsFromTheEndOfTheMonth(t *testing.T) {
	cal := workday.Shipped()
	terms := TermsOf(10, 0)
	if got := terms.Due("2026-04", cal); got != "2026-05-18" { // ten working days after 30.04, with the days off of May
		t.Errorf("due %s", got)
	}
	if terms.Ripe("2026-2", "2026-07-14", cal) || !terms.Ripe("2026-2", "2026-07-15", cal) {
		t.Errorf("the second quarter is ripe after %s", terms.Due("2026-06", cal))
	}
	if none := TermsOf(0, 3); none.Threshold != MinThreshold || none.Due("2026-04", cal) != "" || !none.Ripe("2026-2", "2026-07-01", cal) || none.Ripe("2026-2", "2026-06-30", cal) {
		t.Errorf("without a term: %+v", none)
	}
	if q := Quarter("2026-4").Next(); q != "2027-1" || Month("2026-12").Quarter() != "2026-4" || q.LastMonth() != "2027-03" {
		t.Errorf("after 2026-4 comes %s", q)
	}
}

// random makes opinions about a few points, processes and needs, few enough that small groups abound.
func random(r *rand.Rand, n int, months ...Month) []Opinion {
	var os []Opinion
	for i := range n {
		o := Opinion{ID: fmt.Sprint(i, months[0]), Month: months[r.IntN(len(months))], Got: r.IntN(2) == 0, Scale: 1 + r.IntN(5)}
		o.Need = []string{"", "info", "forms"}[r.IntN(3)]
		if r.IntN(3) > 0 {
			key := 1 + r.IntN(4)
			o.Subject = Subject{OfPoint, fmt.Sprint("p", key)}
			o.Channel = []string{"phone", "mail"}[key%2]
		} else {
			o.Subject = Subject{OfProcess, fmt.Sprint("f", r.IntN(2))}
			o.Stage = []string{"", "узнать", "подать"}[r.IntN(3)]
		}
		os = append(os, o)
	}
	return os
}

func TestNoCombinationOfTablesTellsOfFewerThanTheThreshold(t *testing.T) {
	cal := workday.Shipped()
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 7))
		k := MinThreshold + r.IntN(3)
		terms := TermsOf(0, k)
		var all []Opinion
		for _, ms := range [][]Month{{"2026-01", "2026-03"}, {"2026-04"}, {"2026-08"}, {"2026-10", "2026-12"}} {
			all = append(all, random(r, r.IntN(14), ms...)...)
		}
		// Attackers may even know which combinations occur (the atoms); what they read are sums over atoms.
		type atom struct {
			Month
			Subject
			stage, need string
		}
		count := map[atom]int{}
		var atoms []atom
		of := func(o Opinion) atom { return atom{Month(o.Month.Quarter()), o.Subject, o.Stage, o.Need} }
		for _, o := range all {
			if count[of(o)]++; count[of(o)] == 1 {
				atoms = append(atoms, of(o))
			}
		}
		index := map[atom]int{}
		for i, a := range atoms {
			index[a] = i
		}
		var published [][]int // each a 0/1 row over atoms
		seen := map[string]bool{}
		left := all
		year := map[string][]int{} // table row over the year
		for _, c := range Close(all, nil, nil, terms, "2027-06-01", cal) {
			blockAtoms := make([][]int, len(c.Result.Blocks))
			sum := 0
			_, place := SumUp(chosen(left, c.Drop), k)
			for _, o := range left {
				if !slices.Contains(c.Drop, o.ID) {
					continue
				}
				sum++
				if seen[o.ID] {
					t.Fatalf("seed %d: an opinion is summed up twice", seed)
				}
				seen[o.ID] = true
				b, ok := place(o)
				if !ok {
					t.Fatalf("seed %d: an opinion is in no block", seed)
				}
				if i := index[of(o)]; !slices.Contains(blockAtoms[b], i) {
					blockAtoms[b] = append(blockAtoms[b], i)
				}
			}
			if sum != c.Result.N() {
				t.Fatalf("seed %d: %d opinions, %d in blocks", seed, sum, c.Result.N())
			}
			for _, name := range append([]string{"total"}, Tables...) {
				rows := []Row{{Blocks: indices(c.Result.Blocks)}}
				if name != "total" {
					rows = Table(name, c.Result.Blocks)
				}
				for _, row := range rows {
					line := make([]int, len(atoms))
					for _, b := range row.Blocks {
						for _, i := range blockAtoms[b] {
							line[i] = 1
						}
					}
					published = append(published, line)
					key := fmt.Sprint(name, row.Kind, row.Value, row.Under, row.Stage)
					if year[key] == nil {
						year[key] = make([]int, len(atoms))
					}
					for i, x := range line {
						year[key][i] += x
					}
				}
			}
			left = slices.DeleteFunc(slices.Clone(left), func(o Opinion) bool { return slices.Contains(c.Drop, o.ID) })
		}
		for _, line := range year {
			published = append(published, line)
		}
		if len(left) >= k && len(left) > 0 {
			t.Errorf("seed %d: %d opinions wait though they are enough", seed, len(left))
		}
		// Whatever is a linear combination of the published rows and is a set of people at all must be large, or empty.
		// Atoms with equal columns can only be told together, so sets are unions of such classes.
		classes := map[string][]int{}
		for i := range atoms {
			column := ""
			for _, line := range published {
				column += fmt.Sprint(line[i], " ")
			}
			classes[column] = append(classes[column], i)
		}
		for column, is := range classes {
			n := 0
			for _, i := range is {
				n += count[atoms[i]]
			}
			if shown := strings.Trim(column, "0 ") != ""; shown && n < k {
				t.Errorf("seed %d: %d people can be told apart, and the threshold is %d", seed, n, k)
			}
		}
	}
}

func chosen(os []Opinion, ids []string) []Opinion {
	var c []Opinion
	for _, o := range os {
		if slices.Contains(ids, o.ID) {
			c = append(c, o)
		}
	}
	return c
}

func indices(bs []Block) []int {
	var is []int
	for i := range bs {
		is = append(is, i)
	}
	return is
}

func TestQuarterWithTooFewWaitsForTheNext(t *testing.T) {
	cal, terms := workday.Shipped(), TermsOf(0, 5)
	var os []Opinion
	for i := range 3 {
		os = append(os, Opinion{ID: fmt.Sprint("a", i), Month: "2025-11", Scale: 5, Subject: Subject{OfPoint, "phone"}, Channel: "phone"})
	}
	if cs := Close(os, nil, nil, terms, "2026-02-01", cal); len(cs) != 0 {
		t.Fatalf("three answers are summed up: %+v", cs)
	}
	for i := range 4 {
		os = append(os, Opinion{ID: fmt.Sprint("b", i), Month: "2026-02", Scale: 2, Subject: Subject{OfPoint, "phone"}, Channel: "phone"})
	}
	words := []Appeal{{ID: "x", Month: "2026-02", Text: "Долго не отвечают на звонки", Subject: Subject{OfPoint, "phone"}, State: Considered, Answered: "2026-03-01"},
		{ID: "y", Month: "2025-11", Text: "На звонки отвечают долго", Subject: Subject{OfPoint, "phone"}}, {ID: "z", Month: "2026-02", Subject: Subject{OfPoint, "phone"}}}
	cs := Close(os, words, nil, terms, "2026-04-01", cal)
	if len(cs) != 1 || cs[0].Result.Quarter != "2026-1" || cs[0].Result.From != "2025-11" {
		t.Fatalf("%+v", cs)
	}
	want := Block{Kind: OfPoint, Channel: "phone", Key: "phone", N: 7, Satisfied: 3}
	if got := cs[0].Result.Blocks; len(got) != 1 || got[0] != want {
		t.Errorf("%+v", got)
	}
	if cs[0].Result.Words != nil || !slices.Equal(cs[0].Appeals, []string{"z"}) {
		t.Errorf("two texts are summed up: %+v of %q", cs[0].Result.Words, cs[0].Appeals)
	}
	for i := range 3 {
		words = append(words, Appeal{ID: fmt.Sprint("w", i), Month: "2026-03", Text: fmt.Sprintf("%d%d%d%d", i, i, i, i), Subject: Subject{OfPoint, "phone"}, State: Considered, Answered: "2026-06-01"})
	}
	cs = Close(os, words, nil, TermsOf(10, 5), "2026-05-01", cal)
	want = Block{Kind: OfPoint, Channel: "phone", Key: "phone", N: 5, InTime: 1, Repeated: 2}
	if got := cs[0].Result.Words; len(got) != 1 || got[0] != want || len(cs[0].Appeals) != 6 {
		t.Errorf("%+v of %q", got, cs[0].Appeals)
	}
	if again := Close(nil, words, []Result{cs[0].Result}, terms, "2026-04-01", cal); again != nil {
		t.Errorf("again: %+v", again)
	}
}

func TestShareTellsNothingOfThoseOfOneMind(t *testing.T) {
	for _, tt := range []struct {
		part, n int
		want    Share
	}{{0, 5, Share{20, -1}}, {1, 5, Share{20, -1}}, {4, 5, Share{80, 1}}, {5, 5, Share{80, 1}}, {2, 5, Share{40, 0}}, {0, 9, Share{11, -1}}, {8, 9, Share{89, 1}}, {9, 9, Share{89, 1}},
		{0, 40, Share{10, -1}}, {4, 40, Share{10, -1}}, {5, 40, Share{13, 0}}, {40, 40, Share{90, 1}}, {0, 0, Share{}}} {
		if got := ShareOf(tt.part, tt.n); got != tt.want {
			t.Errorf("%d of %d: %+v", tt.part, tt.n, got)
		}
	}
}

func TestANeedStandsBesideWordsOnlyWhereManyShareIt(t *testing.T) {
	var as []Appeal
	for i := range 5 {
		as = append(as, Appeal{ID: fmt.Sprint(i), Subject: Subject{OfPoint, "phone"}, Need: "info", Text: "Занято"})
	}
	as = append(as, Appeal{ID: "5", Subject: Subject{OfPoint, "phone"}, Need: "forms", Text: "Нет бланка"},
		Appeal{ID: "6", Subject: Subject{OfPoint, "mail"}, Need: "info", Text: "Не отвечают"}, Appeal{ID: "7", Subject: Subject{OfPoint, "phone"}, Need: "forms"})
	if got := fmt.Sprint(needs(Joint(as, 5))); got != "[info info info info info   forms]" {
		t.Error(got)
	}
	if got := fmt.Sprint(needs(Joint(as[1:], 5))); got != "[      forms]" {
		t.Error(got)
	}
	if as[5].Need != "forms" {
		t.Error("what was given is changed")
	}
}

func needs(as []Appeal) (ns []string) {
	for _, a := range as {
		ns = append(ns, a.Need)
	}
	return ns
}
