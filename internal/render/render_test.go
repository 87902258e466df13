package render

import (
	"strings"
	"testing"
	"time"

	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"

	"github.com/google/go-cmp/cmp"
)

func small() (*register.Register, *procedure.Procedure) {
	p := &procedure.Procedure{
		Holder: procedure.Holder{Name: "Комитет Примерской области", ShortName: "Комитет", Genitive: "Комитета Примерской области"},
		Kinds:  []procedure.Kind{{Code: "phone", Title: "телефон", Class: register.Digital, Clause: "3.2"}},
		Report: &procedure.Report{
			Appendix: []string{"Приложение", "к порядку"}, Title: []string{"ОТЧЕТ", "О ФОРМИРОВАНИИ"}, Approval: true,
			Columns: []procedure.Column{
				{Heading: "Точка", Field: "touchpoint"}, {Heading: "№", Field: "number", Group: true},
				{Heading: "Направление", Field: "process", Group: true}, {Heading: "Особенности", Field: "feature"},
			},
		},
	}
	r := &register.Register{
		N: 7, Time: time.Date(2026, 2, 16, 9, 0, 0, 0, time.UTC),
		Processes:   []register.Process{{Key: "p1", Title: "Приём"}, {Key: "p2", Title: "Увольнение"}},
		Touchpoints: []register.Touchpoint{{Key: "t", Kind: "phone", Label: "Телефон", Value: "8 (8672) 64-90-22"}, {Key: "o", Kind: "office", Label: "Кабинет 5"}},
		Usages: []register.Usage{
			{Key: "a", Process: "p1", Touchpoint: "t", Text: "получение информации", Feature: "Взаимодействие в офлайн-точке", Printed: register.Offline},
			{Key: "b", Process: "p1", Touchpoint: "o", Text: "подача заявлений"},
			{Key: "c", Process: "p2", Touchpoint: "t", Text: "получение информации"},
		},
	}
	return r, p
}

func find[T office.Block](t *testing.T, d *office.Doc) T {
	t.Helper()
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			if x, ok := b.(T); ok {
				return x
			}
		}
	}
	var none T
	t.Fatalf("no %T in the document", none)
	return none
}

func text(d *office.Doc) string {
	var b strings.Builder
	for _, s := range d.Sections {
		for _, x := range s.Blocks {
			switch x := x.(type) {
			case *office.Para:
				b.WriteString(x.Text() + "\n")
			case *office.Code:
				for _, p := range x.Beside {
					b.WriteString(p.Text() + "\n")
				}
			}
		}
	}
	return b.String()
}

func TestReportFollowsTheFormOfTheProcedure(t *testing.T) {
	r, p := small()
	ed := &register.Edition{Number: 2, Date: "2026-02-16", Act: register.Act{Kind: "приказ", Number: "9-р", Date: "2026-02-15"}, N: 7}
	d, err := Report(r, p, ed, Stamp{N: 7, Time: r.Time, Root: "AAAA"})
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Точка", "№", "Направление", "Особенности"},
		{"Телефон: 8 (8672) 64-90-22", "1./2", "Приём/2", "Взаимодействие в офлайн-точке"},
		{"Кабинет 5", "-", "-", ""},
		{"Телефон: 8 (8672) 64-90-22", "2.", "Увольнение", "Взаимодействие в цифровой точке"},
	}
	var got [][]string
	for _, row := range find[*office.Table](t, d).Rows {
		var cells []string
		for _, c := range row.Cells {
			s := c.String()
			if c.RowSpan > 1 {
				s += "/" + string(rune('0'+c.RowSpan))
			}
			if c.Covered {
				s = "-"
			}
			cells = append(cells, s)
		}
		got = append(got, cells)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("table of the report (-want +got):\n", diff)
	}
	for _, s := range []string{"Приложение\nк порядку", "УТВЕРЖДЕН\nприказом Комитета Примерской области\nот 15.02.2026 № 9-р", "Редакция № 2 от 16.02.2026, запись журнала № 7"} {
		if !strings.Contains(text(d), s) {
			t.Errorf("the report does not say %q:\n%s", s, text(d))
		}
	}
}

func TestDraftSaysThatItIsOne(t *testing.T) {
	r, p := small()
	d, err := Report(r, p, nil, Stamp{N: 7, Time: r.Time, Root: "AAAA"})
	if err != nil {
		t.Fatal(err)
	}
	if s := text(d); !strings.Contains(s, "ПРОЕКТ") || strings.Contains(s, "УТВЕРЖДЕН") {
		t.Errorf("a draft report says:\n%s", s)
	}
}

func TestBodyWithoutAFormGetsTheCommonOne(t *testing.T) {
	r, p := small()
	p.Report = nil
	d, err := Report(r, p, nil, Stamp{N: 7, Time: r.Time})
	if err != nil {
		t.Fatal(err)
	}
	head := find[*office.Table](t, d).Rows[0]
	if len(head.Cells) != 5 || !strings.Contains(text(d), "КОМИТЕТА ПРИМЕРСКОЙ ОБЛАСТИ") {
		t.Errorf("common form: %d columns, title:\n%s", len(head.Cells), text(d))
	}
}

func TestDiffShowsRemovedAndAddedWords(t *testing.T) {
	a, p := small()
	b, _ := small()
	b.Touchpoints[0].Value = "8 (8672) 64-90-23"
	b.Usages = b.Usages[:2]
	d, err := Diff(a, b, Moment{Edition: 1}, Moment{N: 9, Time: a.Time}, p, Stamp{N: 9, Time: a.Time})
	if err != nil {
		t.Fatal(err)
	}
	var struck, added []string
	for _, row := range find[*office.Table](t, d).Rows {
		for _, c := range row.Cells {
			for _, r := range c.Runs {
				if r.Struck {
					struck = append(struck, r.Text)
				}
				if r.Underline {
					added = append(added, r.Text)
				}
			}
		}
	}
	if diff := cmp.Diff([]string{"64-90-22", "получение информации"}, struck); diff != "" {
		t.Error("struck words (-want +got):\n", diff)
	}
	if diff := cmp.Diff([]string{"64-90-23"}, added); diff != "" {
		t.Error("added words (-want +got):\n", diff)
	}
}

func TestRedlineGivesBothTextsBack(t *testing.T) {
	for _, x := range [][2]string{{"", "а б"}, {"а б в", "а в"}, {"пн – пт  9:00", "пн – чт 9:00"}, {"одно", "одно"}, {" а", "а "}} {
		var before, after string
		for _, r := range Redline(x[0], x[1]) {
			if !r.Underline {
				before += r.Text
			}
			if !r.Struck {
				after += r.Text
			}
		}
		if before != x[0] || after != x[1] {
			t.Errorf("redline of %q and %q gives %q and %q back", x[0], x[1], before, after)
		}
	}
}
