package intake

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"
)

// randomTable makes a document of pieces of real tables, in an order that no sane person prints.
func randomTable(seed uint64, extra string) *office.Doc {
	r := rand.New(rand.NewPCG(seed, 1))
	heads := []string{"№ п/п", "Направление деятельности", "Точка взаимодействия", "Осуществляемое взаимодействие", "Особенности взаимодействия",
		"Потребность", "Тип точки", "Адрес", "Режим работы", "Отдел", "Контакт", "", "Примечание"}
	cells := []string{"", "", "", "1.", "2", "3", "Приём", "Отпуск", "приём на службу", "Телефон: 8 (8672) 64-90-22", "Телефоны: 8 (8672) 64-90-22, 64-90-23",
		"64-90-22", "info@trud.alania.gov.ru", "infо@trud.alania.gov.ru", "Сайт: trud.alania.gov.ru; почта: info@trud.alania.gov.ru", "Места приема", "сотрудников Комитета",
		"Получение информации клиентом, получение", "консультации клиентом", "Получение консультации", "получение документов", "офлайн", "оффлайн", "цифровая",
		"Взаимодействие в офлайн-точке", "Итого", "Примечание", "—", "Кабинет 5\nКабинет 7", "Тип признака", "Признак", "Значение признака", "Основные признаки", extra}
	d := &office.Doc{Format: []string{"docx", "xlsx", "txt"}[r.IntN(3)], Sections: []office.Section{{Name: "Лист1"}}}
	for range 1 + r.IntN(3) {
		wide := 2 + r.IntN(6)
		t := &office.Table{}
		first := r.IntN(3)
		for i := range first + 1 + r.IntN(12) {
			row := office.Row{Line: i*(1+r.IntN(2)) + 1, Page: r.IntN(3)}
			for range wide {
				text := cells[r.IntN(len(cells))]
				if i == first {
					text = heads[r.IntN(len(heads))]
				}
				row.Cells = append(row.Cells, office.Cell{Text: text})
			}
			t.Rows = append(t.Rows, row)
		}
		for range r.IntN(4) { // merges, with texts left in what they cover now and then
			y, x := r.IntN(len(t.Rows)), r.IntN(wide)
			h, w := 1+r.IntN(len(t.Rows)-y), 1+r.IntN(wide-x)
			t.Rows[y].Cells[x].RowSpan, t.Rows[y].Cells[x].ColSpan = h, w
			for i := y; i < y+h; i++ {
				for k := x; k < x+w; k++ {
					if i != y || k != x {
						t.Rows[i].Cells[k] = office.Cell{Covered: true}
					}
				}
			}
		}
		if r.IntN(4) == 0 {
			d.Sections[0].Blocks = append(d.Sections[0].Blocks, office.P(office.Body, []string{"3.2. Цифровые точки:", extra, "2", "4. Конец"}[r.IntN(4)]))
		}
		d.Sections[0].Blocks = append(d.Sections[0].Blocks, t)
	}
	return d
}

// FuzzTable: no table makes it panic; what comes out is whole, and planning it a second time changes nothing.
func FuzzTable(f *testing.F) {
	for i := range 120 {
		f.Add(uint64(i), "телефон отдела - 8 (8672) 54-30-54; отдела учета - 8 (8672) 53-44-67")
	}
	procedures := []*procedure.Procedure{load(f, komzan), load(f, minec), {}}
	f.Fuzz(func(t *testing.T, seed uint64, extra string) {
		p := procedures[seed%3]
		d, err := Parse(randomTable(seed, extra), "f", p)
		if err != nil {
			return
		}
		check(t, d)
		first := d.Against(nil, p, Options{Declared: seed%2 == 0})
		apply(t, nil, first)
		again := d.Against(first.Target, p, Options{Declared: seed%2 == 0})
		if len(again.Changes) > 0 {
			t.Fatalf("again: %s", strings.Join(preview(again), "\n"))
		}
		readBack(t, first.Target, p)
		// Another table after it, whole and as a part: valid changes, and none the second time.
		other, err := Parse(randomTable(seed/2+7, extra), "g", p)
		if err != nil {
			return
		}
		for _, opt := range []Options{{}, {Partial: true}, {Declared: true}} {
			pl := other.Against(first.Target, p, opt)
			apply(t, first.Target, pl)
			if again := other.Against(pl.Target, p, opt); len(again.Changes) > 0 {
				t.Fatalf("%+v, again: %s", opt, strings.Join(preview(again), "\n"))
			}
		}
	})
}

// readBack prints the report of a register and reads it back: nothing changes.
func readBack(t *testing.T, r *register.Register, p *procedure.Procedure) {
	t.Helper()
	doc, err := render.Report(r, p, nil, render.Stamp{})
	if err != nil {
		t.Fatal(err)
	}
	doc.Format = "docx"
	if len(r.Usages) == 0 || slices.ContainsFunc(r.Usages, func(u register.Usage) bool { return u.Text == "" || len(u.Needs) == 0 }) {
		return // a point without an interaction may look like a total or a note
	}
	d, err := Parse(doc, "report", p)
	if err != nil {
		t.Fatal(err)
	}
	if pl := d.Against(r, p, Options{}); len(pl.Changes) > 0 {
		t.Fatalf("the report read back: %s", strings.Join(preview(pl), "\n"))
	}
}

// check holds a draft to what its type promises.
func check(t *testing.T, d *Draft) {
	t.Helper()
	keys := map[string]bool{}
	unique := func(kind, key string) {
		if !validKey(key) || keys[kind+key] {
			t.Fatalf("key %q of a %s", key, kind)
		}
		keys[kind+key] = true
	}
	for _, p := range d.Processes {
		unique("process", p.Key)
		if p.Title == "" || d.ProcessSource(p.Key) == nil {
			t.Fatalf("process %+v", p)
		}
	}
	for _, x := range d.Touchpoints {
		unique("point", x.Key)
		if x.Text() == "" || x.Source == nil {
			t.Fatalf("point %+v", x)
		}
	}
	for _, u := range d.Usages {
		unique("usage", u.Key)
		if !keys["process"+u.Process] || !keys["point"+u.Touchpoint] || u.Source == nil || u.Source.Row == 0 {
			t.Fatalf("usage %+v", u)
		}
	}
	for _, x := range d.Attributes {
		unique("segment", x.Key)
	}
	for _, x := range d.Profiles {
		unique("segment", x.Key)
	}
	ids := map[string]bool{}
	for _, x := range d.Findings {
		if ids[x.ID] || x.Text == "" || x.Rule == "" || x.Places == nil || x.Severity != register.Violation && x.Severity != register.Unclear && x.Severity != register.Form {
			t.Fatalf("finding %+v", x)
		}
		ids[x.ID] = true
	}
}

// FuzzCell: no text in a cell of points or interactions makes it panic; contacts lie inside the text and in order.
func FuzzCell(f *testing.F) {
	for _, s := range []string{"Телефоны: 8 (8672) 64-90-22, 64-90-23 (доб. 5)", "Сайт <https://a.рф/б?в>; @komzan15", "1) каб. 5\n2) каб. 7", "a@b.ru,c@d.рф",
		"г. Владикавказ, пр. Мира, 25 (пн-пт с 9-00)", "+7(8672)(8672)", "((((8 (8", "http://", "www.", "@@@...", "получение, получение и получение"} {
		f.Add(s)
	}
	p := load(f, komzan)
	m := procedure.NewMatcher(p)
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		text := clean(s)
		if clean(text) != text || !isClean(text) {
			t.Fatalf("clean(%q) = %q, again %q", s, text, clean(text))
		}
		for _, c := range contactsOf(text) {
			if c.from < last || c.to <= c.from || c.to > len(text) || c.canon == "" && c.doubt == "" {
				t.Fatalf("%q: %+v", text, c)
			}
			last = c.to
		}
		r := newPointReader(m)
		if text != "" && len(r.read(text).points) == 0 {
			t.Fatalf("%q: no point", text)
		}
		r.declared(text, nil)
		n := newNeedReader(p, m)
		for _, ref := range n.read(text).refs {
			if ref.Text == "" {
				t.Fatalf("%q: an empty need", text)
			}
		}
		classOf(text)
		sentences(text)
		wordKey(ident(text), 40)
	})
}
