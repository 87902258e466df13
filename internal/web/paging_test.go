package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

func TestLongRegisterIsPagedAndNamesContinuedProcesses(t *testing.T) {
	w := newWorld(t, Options{})
	w.large(t, "big", 250)
	p := w.page(t, "/big/")
	if got := len(p.All("table.register tbody tr")); got != pageRows {
		t.Fatalf("%d rows on the first page", got)
	}
	next, _ := p.One(t, "nav.pager a[rel=next]").Attr("href")
	p = w.page(t, next)
	if got := p.One(t, "nav.pager").Text(); !strings.Contains(got, "101–200 из 250") {
		t.Errorf("pager says %q", got)
	}
	if got := p.Texts("table.register tbody th p"); !cmp.Equal(got, []string{"продолжение"}) {
		t.Errorf("continued groups: %q", got)
	}
	last := w.page(t, "/big/?page=99")
	if got := len(last.All("table.register tbody tr")); got != 50 {
		t.Errorf("%d rows on the last page", got)
	}
	if n := len(w.page(t, "/big/?page=99&kind=phone").All("table.register tbody tr")); n == 0 {
		t.Error("a page that the filter does not reach shows nothing")
	}
}

// large adds a body with so many usages: 20 points, each process with 30 rows.
func (w *world) large(t testing.TB, slug string, usages int) {
	t.Helper()
	s := testkit.Clean()
	r := &register.Register{Organisation: s.Register.Organisation, Departments: s.Register.Departments}
	kinds := []string{"site", "email", "phone", "office"}
	for i := range 20 {
		kind := kinds[i%len(kinds)]
		r.Touchpoints = append(r.Touchpoints, register.Touchpoint{Key: fmt.Sprintf("t%d", i), Kind: kind, Label: fmt.Sprintf("Точка номер %d", i+1), Position: i + 1,
			Value: fmt.Sprintf("8 (8672) 64-%02d-%02d", i, i), Contact: fmt.Sprintf("+786726400%02d", i)})
	}
	for i := range usages {
		p := i / 30
		if i%30 == 0 {
			r.Processes = append(r.Processes, register.Process{Key: fmt.Sprintf("p%d", p), Title: fmt.Sprintf("Направление деятельности номер %d", p+1), Position: p + 1})
		}
		r.Usages = append(r.Usages, register.Usage{Key: fmt.Sprintf("u%d", i), Process: fmt.Sprintf("p%d", p), Touchpoint: fmt.Sprintf("t%d", i%20), Client: "internal", Position: i + 1,
			Needs: []register.NeedRef{{Code: "info", Text: "получение информации"}, {Code: "consultation", Text: "получение консультации"}}, Text: "Получение информации, получение консультации"})
	}
	s.Register = r
	w.add(t, slug, s)
}

func TestManyFindingsArePagedAndNotesLeadToTheRightPage(t *testing.T) {
	w := newWorld(t, Options{})
	s := testkit.Clean()
	s.Register = &register.Register{Organisation: s.Register.Organisation, Departments: s.Register.Departments,
		Processes: []register.Process{{Key: "p", Title: "Направление", Position: 1}}}
	for i := range 230 {
		key := fmt.Sprintf("t%d", i)
		s.Register.Touchpoints = append(s.Register.Touchpoints, register.Touchpoint{Key: key, Kind: "phone", Label: "Телефон " + key, Value: fmt.Sprintf("12-%d", i), Position: i + 1})
		s.Register.Usages = append(s.Register.Usages, register.Usage{Key: "u" + key, Process: "p", Touchpoint: key, Client: "internal", Position: i + 1,
			Needs: []register.NeedRef{{Code: "info", Text: "получение информации"}}, Text: "Получение информации"})
	}
	w.add(t, "many", s)
	p := w.page(t, "/many/findings")
	if n := len(p.All("article.finding")); n != pageRows {
		t.Fatalf("%d findings on the first page", n)
	}
	if got := p.Texts(".pager"); len(got) != 1 {
		t.Fatalf("pagers %q", got)
	}
	// The crawl fails when a note leads to a page on which its finding does not stand.
	crawl(t, w, func(string, testkit.HTML) {}, "/many/", "/many/?page=3", "/many/order")
}
