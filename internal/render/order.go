package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Order makes the draft of the act by which edition ed of the register r is approved, laid out by ГОСТ Р 7.0.97: the body's
// name, the kind of act, date and number left blank to be filled in by hand, the place, the heading, what the act rests
// on, the clauses, the signature; then, on a page of its own, the sheet on which those concerned endorse the draft. last is
// the edition that the new one takes the place of; nil when there is none. The report itself is the act's appendix and is
// printed apart. made is the day of the draft.
func Order(r *register.Register, p *procedure.Procedure, ed register.Edition, last *register.Edition, made time.Time) *office.Doc {
	layout, _ := layoutOn(cmp.Or(ed.Date, register.DateOf(made)))
	layout.TableSize = layout.Size // the tables here hold the act's own words: date and number, the signature
	o := &order{r: r, p: p, ed: ed, last: last, org: bodyOf(r, p), kind: cmp.Or(strings.ToLower(p.Act.Kind), "приказ")}
	o.form = formOf(o.kind)
	return &office.Doc{
		Title:    fmt.Sprintf("Проект: %s. %s", o.heading(), o.org.ShortName),
		Author:   o.org.Name,
		Created:  made,
		Layout:   layout,
		Sections: []office.Section{{Name: "Проект", Blocks: o.blocks()}, {Name: "Лист согласования", Blocks: o.endorsement()}},
	}
}

// bodyOf is the body as its register knows it, and where that says nothing, as its procedure does.
func bodyOf(r *register.Register, p *procedure.Procedure) register.Organisation {
	o, h := r.Organisation, p.Holder
	o.Name, o.ShortName, o.Genitive = cmp.Or(o.Name, h.Name), cmp.Or(o.ShortName, h.ShortName, o.Name), cmp.Or(o.Genitive, h.Genitive)
	o.HeadTitle, o.HeadName = cmp.Or(o.HeadTitle, h.HeadTitle), cmp.Or(o.HeadName, h.HeadName)
	return o
}

type order struct {
	r    *register.Register
	p    *procedure.Procedure
	ed   register.Edition
	last *register.Edition
	org  register.Organisation
	kind string // приказ
	form actForm
}

func (o *order) heading() string {
	return fmt.Sprintf("Об утверждении редакции №\u00a0%d перечня %s", o.ed.Number, o.object())
}

// object is what the register is of, in the words of the procedure's own title: «точек взаимодействия с внутренним клиентом
// по вопросам кадровой политики»; the common words where the title is worded otherwise.
func (o *order) object() string {
	for _, title := range []string{o.p.Title, o.p.Act.Title} {
		if i := strings.Index(lang.Fold(title), "перечня точек взаимодействия"); i >= 0 {
			words := strings.Fields(title)
			at := slices.IndexFunc(words, func(w string) bool { return lang.Fold(w) == "перечня" })
			if at >= 0 && at+1 < len(words) {
				return strings.TrimRight(strings.Join(words[at+1:], " "), ". ")
			}
		}
	}
	return "точек взаимодействия с клиентом"
}

func (o *order) blocks() []office.Block {
	line := func(text string, bold bool) *office.Para {
		return &office.Para{Align: office.Center, NoText: true, Keep: true, Runs: []office.Run{{Text: text, Bold: bold}}}
	}
	bs := []office.Block{
		&office.Para{Align: office.Right, NoText: true, Runs: []office.Run{{Text: "ПРОЕКТ"}}},
		line("", false),
		line(strings.ToUpper(o.org.Name), true),
		line("", false),
		line(strings.ToUpper(o.kind), true),
		line("", false),
		&office.Table{Borderless: true, Widths: []float64{85, 85}, Rows: []office.Row{{Cells: []office.Cell{
			{Text: "«____» ______________ 20___ г."}, {Text: "№ ____________", Align: office.Right}}}}},
	}
	if place := cmp.Or(o.p.Holder.City, o.p.Act.Place); place != "" {
		bs = append(bs, line("", false), line(place, false))
	}
	bs = append(bs, line("", false), line(o.heading(), true), line("", false), office.P(office.Body, o.preamble()))
	for i, c := range o.clauses() {
		bs = append(bs, office.P(office.Body, fmt.Sprintf("%d. %s", i+1, c)))
	}
	bs = append(bs, line("", false), line("", false),
		&office.Table{Borderless: true, Widths: []float64{100, 70}, Rows: []office.Row{{Cells: []office.Cell{
			{Text: o.org.HeadTitle}, {Text: cmp.Or(o.org.HeadName, "____________________"), Align: office.Right}}}}})
	return bs
}

// preamble says what the act rests on: the act that gave the procedure, by its own number and title.
func (o *order) preamble() string {
	a := o.p.Act
	base := o.cite(a)
	if a.Title != "" {
		base += " «" + strings.TrimRight(a.Title, ". ") + "»"
	}
	verb := o.form.verb
	if verb == "" {
		return "В соответствии с " + base + ":"
	}
	return "В соответствии с " + base + " " + verb + ":"
}

// cite names an act in the instrumental: «приказом Комитета … от 16.02.2026 № 9-р»; another body's act without its issuer,
// whose name the register knows in the nominative only.
func (o *order) cite(a register.Act) string {
	text := instrumental(a.Kind)
	if a.Issuer == "" || lang.Fold(a.Issuer) == lang.Fold(o.org.Name) {
		text += " " + o.org.Genitive
	}
	if a.Date != "" {
		text += " от\u00a0" + lang.Date(string(a.Date))
	}
	if a.Number != "" {
		text += " №\u00a0" + a.Number
	}
	return text
}

func (o *order) clauses() []string {
	cs := []string{fmt.Sprintf("Утвердить прилагаемую редакцию №\u00a0%d перечня %s (далее – Перечень).", o.ed.Number, o.object())}
	publish := "Опубликовать Перечень и ознакомить с ним сотрудников."
	if site := o.site(); site != "" {
		publish = "Опубликовать Перечень в информационно-телекоммуникационной сети «Интернет» по адресу " + site + " и ознакомить с ним сотрудников."
	}
	if who := o.officers(); len(who) > 0 {
		publish = strings.TrimSuffix(publish, ".") + ". Ответственный: " + strings.TrimSuffix(strings.Join(who, ", "), ".") + "."
	}
	cs = append(cs, publish)
	if o.last != nil {
		text := fmt.Sprintf("Признать утратившей силу редакцию №\u00a0%d Перечня", o.last.Number)
		if o.last.Act.Number != "" {
			text += ", утвержденную " + o.cite(o.last.Act)
		}
		cs = append(cs, strings.TrimRight(text, ".")+".")
	}
	return append(cs, o.control())
}

// site is the address of the body's own site, where its register has one: the declared one first.
func (o *order) site() string {
	best := ""
	for _, t := range o.r.Touchpoints {
		if t.Kind == "site" && t.Value != "" && (best == "" || t.Declared != "") {
			best = t.Value
			if t.Declared != "" {
				break
			}
		}
	}
	return best
}

// officers are the authorised officers of the whole body on the edition's day, by name as the act of appointment prints it.
func (o *order) officers() []string {
	var names []string
	for _, a := range o.appointed(register.RoleOfficer) {
		if a.Department == "" && !a.Deputy && !slices.Contains(names, a.Person) {
			names = append(names, a.Person)
		}
	}
	return names
}

// appointed are the appointments to a role that hold on the day of the edition.
func (o *order) appointed(role string) []register.Appointment {
	day := cmp.Or(o.ed.Date, register.DateOf(o.r.Time))
	var as []register.Appointment
	for _, a := range o.r.Appointments {
		if a.Role == role && a.Person != "" && (a.From == "" || a.From <= day) && (a.To == "" || day <= a.To) {
			as = append(as, a)
		}
	}
	return as
}

// control is the clause on control as the procedure's own act words it.
func (o *order) control() string {
	for _, c := range o.p.Clauses {
		for _, text := range c.Paragraphs {
			words := strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsDigit(r) || unicode.IsSpace(r) || r == '.' || r == ')' })
			folded := lang.Fold(words)
			if strings.HasPrefix(folded, "контроль") && strings.Contains(folded, "настоящего") && len(words) < 400 {
				return strings.TrimRight(words, ". ") + "."
			}
		}
	}
	return "Контроль за исполнением " + o.form.this + " оставляю за собой."
}

// endorsement is the sheet on which those concerned sign the draft: the officers, and a line for each department.
func (o *order) endorsement() []office.Block {
	t := &office.Table{Head: 1, Widths: []float64{62, 40, 36, 32}}
	row := func(cells ...string) {
		r := office.Row{}
		for _, c := range cells {
			r.Cells = append(r.Cells, office.Cell{Text: c, Bold: len(t.Rows) == 0})
		}
		t.Rows = append(t.Rows, r)
	}
	row("Должность, отдел", "Фамилия, инициалы", "Подпись, дата", "Замечания")
	title := "Уполномоченное лицо"
	for _, role := range o.p.Roles {
		if role.Code == register.RoleOfficer && role.Title != "" {
			title = capital(role.Title)
		}
	}
	in := o.appointed(register.RoleOfficer)
	for _, a := range in {
		who := title
		if a.Department != "" {
			who += ", " + name("department", a.Department, o.r)
		}
		row(who, a.Person, "", "")
	}
	if len(in) == 0 {
		row(title, "", "", "")
	}
	for _, d := range o.r.Departments {
		names := []string{}
		for _, a := range o.appointed(register.RoleDepartment) {
			if a.Department == d.Key {
				names = append(names, a.Person)
			}
		}
		row(capital(d.Title), strings.Join(names, "\n"), "", "")
	}
	return []office.Block{
		&office.Para{Style: office.Title, Keep: true, Runs: []office.Run{{Text: "ЛИСТ СОГЛАСОВАНИЯ\nпроекта " + o.form.genitive + " «" + o.heading() + "»", Bold: true}}},
		t,
	}
}

func capital(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
