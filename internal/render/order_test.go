package render

import (
	"strings"
	"testing"
	"time"

	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/testkit"
)

// everything is all words of a document, tables too.
func everything(d *office.Doc) string {
	var b strings.Builder
	office.Words(d, func(w string) { b.WriteString(w + " ") })
	return b.String()
}

func TestDraftOrderSaysWhatABodysOrderSays(t *testing.T) {
	made := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		sample testkit.Sample
		want   []string
		absent []string
	}{
		{testkit.Committee(), []string{
			"КОМИТЕТ РЕСПУБЛИКИ СЕВЕРНАЯ ОСЕТИЯ-АЛАНИЯ ПО ЗАНЯТОСТИ НАСЕЛЕНИЯ", "ПРИКАЗ", "20___ г. № ____", "г. Владикавказ",
			"Об утверждении редакции № 3 перечня точек взаимодействия с клиентом в рамках взаимодействия с внутренним клиентом",
			"В соответствии с приказом Комитета Республики Северная Осетия-Алания по занятости населения от 16.02.2026 № 9-р «Об утверждении порядка",
			"п р и к а з ы в а ю: 1. Утвердить прилагаемую редакцию № 3", "по адресу https://trud.alania.gov.ru/",
			"3. Контроль за исполнением настоящего приказа оставляю за собой. Председатель А.В. Эммануилиди"}, []string{"утратившей"}},
		{testkit.Clean(), []string{
			"МИНИСТЕРСТВО ПРИРОДНЫХ РЕСУРСОВ", "Ответственный: С.В. Образцова.",
			"3. Признать утратившей силу редакцию № 2 Перечня, утвержденную приказом Министерства природных ресурсов Примерской области от 14.01.2026 № 9-п.",
			"Министр П.П. Образцов", "ЛИСТ СОГЛАСОВАНИЯ проекта приказа", "Отдел информационных технологий"}, []string{"Примерова"}},
	} {
		r := c.sample.Register
		var last *register.Edition
		if n := len(r.Editions); n > 0 {
			last = &r.Editions[n-1]
		}
		d := Order(r, c.sample.Procedure, register.Edition{Number: 3}, last, made)
		got := strings.ReplaceAll(everything(d), "\u00a0", " ")
		for _, w := range c.want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: the draft order does not say %q:\n%s", r.Organisation.Slug, w, got)
			}
		}
		for _, w := range c.absent {
			if strings.Contains(got, w) {
				t.Errorf("%s: the draft order says %q", r.Organisation.Slug, w)
			}
		}
	}
}

func TestSheetOfChangesComparesNeedsItemByItem(t *testing.T) {
	a, p := small()
	b, _ := small()
	u := func(texts ...string) (ns []register.NeedRef) {
		for _, x := range texts {
			ns = append(ns, register.NeedRef{Code: "info", Text: x})
		}
		return ns
	}
	a.Usages[0].Needs = u("получение информации клиентом", "получение консультации клиентом", "подача заявлений клиентом")
	a.Usages[0].Text = "Получение информации клиентом, получение консультации клиентом, подача заявлений клиентом"
	b.Usages[0].Needs = u("получение информации клиентом", "получение форм документов клиентом", "подача заявлений и документов клиентом")
	b.Usages[0].Text = "Получение информации клиентом, получение форм документов клиентом, подача заявлений и документов клиентом"
	d, err := Diff(a, b, Moment{Edition: 1}, Moment{N: 9, Time: a.Time}, p, Stamp{N: 9, Time: a.Time})
	if err != nil {
		t.Fatal(err)
	}
	rows := find[*office.Table](t, d).Rows
	var got strings.Builder
	for _, r := range rows[len(rows)-1].Cells[3].Runs {
		switch {
		case r.Struck:
			got.WriteString("[-" + r.Text + "-]")
		case r.Underline:
			got.WriteString("[+" + r.Text + "+]")
		default:
			got.WriteString(r.Text)
		}
	}
	want := "осуществляемое взаимодействие: получение информации клиентом; [-получение консультации клиентом-]; [+получение форм документов клиентом+]; подача заявлений [+и документов +]клиентом"
	if got.String() != want {
		t.Errorf("got  %s\nwant %s", got.String(), want)
	}
}

func TestRedlineKeepsARewrittenSentenceWhole(t *testing.T) {
	runs := Redline("ежедневно с 9:00 до 18:00 без перерыва", "понедельник – пятница с 10:00 до 17:00 кроме праздников")
	if len(runs) > 4 {
		t.Errorf("a sentence that was written anew is in %d pieces: %+v", len(runs), runs)
	}
}

// TestInitialsEndASentence: «Ответственный: Иванова И.И..» stood in the first draft orders.
func TestInitialsEndASentence(t *testing.T) {
	s := testkit.Committee()
	s.Register.Appointments = []register.Appointment{{Key: "o", Role: register.RoleOfficer, Person: "Иванова И.И.", Act: register.Act{Kind: "приказ", Number: "1-к", Date: "2026-01-12"}, From: "2026-01-12"}}
	made := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	got := strings.ReplaceAll(everything(Order(s.Register, s.Procedure, register.Edition{Number: 1}, nil, made)), "\u00a0", " ")
	if !strings.Contains(got, "Ответственный: Иванова И.И. ") {
		t.Errorf("the one who answers is not named, or named with two full stops:\n%s", got)
	}
}
