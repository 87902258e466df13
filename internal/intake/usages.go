package intake

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// pointsOf finds or makes the points of a row and gives their numbers. A row without a point continues the one before.
func (b *builder) pointsOf(w *row) []int {
	text := w.cells[fPoint]
	if contact := w.cells[fContact]; !blank(contact) && !same(contact, text) {
		if blank(text) {
			text = contact
		} else {
			text = strings.TrimSuffix(text, ":") + ": " + oneLine(contact)
		}
	}
	if blank(text) {
		if len(b.last) > 0 {
			return b.last
		}
		src := w.source(fPoint)
		b.f.add("R19", register.Unclear, b.reportClause(), "Взаимодействие напечатано, а точка взаимодействия нет; строка не включена.",
			[]string{"no point", w.cells[fUsage]}, placeOf(src, w.words(w.r.order)))
		b.skip(w.words(w.r.order), "не указана точка взаимодействия", src)
		return nil
	}
	cell := b.points.read(text)
	for _, d := range cell.doubts {
		b.f.add(d.rule, register.Unclear, "", d.text, []string{d.text}, placeOf(w.source(fPoint), text)).Fix = d.fix
	}
	at := make([]int, 0, len(cell.points))
	for _, p := range cell.points {
		i := b.point(p, w)
		if !slices.Contains(at, i) {
			at = append(at, i)
		}
		b.details(i, w)
	}
	return at
}

// point finds or makes one point. A second way of printing the same contact is told, not taken.
func (b *builder) point(p point, w *row) int {
	id := p.id()
	i, ok := b.pointByID[id]
	if !ok {
		i = len(b.d.Touchpoints)
		b.d.Touchpoints = append(b.d.Touchpoints, register.Touchpoint{Kind: p.kind, Label: p.label, Value: p.value,
			Contact: p.contact, Place: p.place, Hours: p.hours, Department: b.department(p.label), Source: w.source(fPoint)})
		b.d.ids = append(b.d.ids, id)
		b.d.said = append(b.d.said, said{})
		b.pointByID[id] = i
		if p.kind == "" {
			b.f.add("R3", register.Unclear, "", "Не удалось понять, что это за канал взаимодействия: «"+clip(p.text(), 160)+"».",
				[]string{"kind", id}, placeOf(w.source(fPoint), p.text())).Fix = "Назовите вид точки: телефон, электронная почта, кабинет."
		}
		return i
	}
	t := &b.d.Touchpoints[i]
	if t.Label == p.label && t.Value == p.value {
		return i
	}
	text, before := p.text(), t.Text()
	if text == before || b.variants[variant{i, text}] {
		return i
	}
	b.variants[variant{i, text}] = true
	if lang.Fold(text) != lang.Fold(before) {
		b.f.add("R13", register.Form, "", fmt.Sprintf("Одна точка напечатана по-разному: «%s» и «%s»; взято первое.", clip(before, 160), clip(text, 160)),
			[]string{"spelt", id, text}, placeOf(t.Source, before), placeOf(w.source(fPoint), text)).
			Fix = "Напечатайте точку одинаково во всех строках."
	}
	return i
}

// details takes what other columns of the row say of a point; a contradiction with another row is told.
func (b *builder) details(point int, w *row) {
	if !w.r.said {
		return
	}
	t, id, of := &b.d.Touchpoints[point], b.d.ids[point], &b.d.said[point]
	for _, d := range []struct {
		f    field
		have *string
		said *bool
		what string
	}{{fPlace, &t.Place, &of.place, "адрес"}, {fHours, &t.Hours, &of.hours, "часы работы"}} {
		text := oneLine(w.cells[d.f])
		switch {
		case blank(text):
		case !*d.said:
			*d.have, *d.said = text, true // a column says it better than the words of the point
		case ident(*d.have) != ident(text):
			b.f.add("R13", register.Unclear, "", fmt.Sprintf("У одной точки в разных строках разные %s: «%s» и «%s»; взято первое.", d.what, clip(*d.have, 120), clip(text, 120)),
				[]string{d.what, id, text}, placeOf(w.source(d.f), text))
		}
	}
	if text := oneLine(w.cells[fDepartment]); !blank(text) {
		key := b.department(text)
		switch {
		case key == "":
			b.f.add("R13", register.Unclear, "", "Отдел не найден среди отделов порядка: «"+clip(text, 160)+"»; он не записан.",
				[]string{"department", ident(text)}, placeOf(w.source(fDepartment), text))
		case !of.department:
			t.Department, of.department = key, true
		}
	}
}

// department is departmentIn, remembered.
func (b *builder) department(text string) string {
	if len(b.p.Departments) == 0 || !strings.Contains(text, " ") {
		return ""
	}
	text = figureless(text)
	key, ok := b.depts[text]
	if !ok {
		key = departmentIn(b.p, text)
		b.depts[text] = key
	}
	return key
}

// departmentIn gives the key of the procedure's department whose whole name stands in a text; "" if none does.
func departmentIn(p *procedure.Procedure, text string) string {
	id := " " + ident(text) + " "
	for _, d := range p.Departments {
		for _, name := range []string{d.Genitive, d.Title} {
			if name != "" && strings.Contains(id, " "+ident(name)+" ") {
				return d.Key
			}
		}
	}
	return ""
}

// usages takes the interaction of a row with each of its points.
func (b *builder) usages(w *row, at []int) {
	if rows := b.parallel(w, len(at)); rows != nil {
		for i := range rows {
			b.usages(&rows[i], at[i:i+1])
		}
		return
	}
	text, listed := w.cells[fUsage], w.cells[fNeeds]
	if blank(text) {
		text = listed
	}
	if blank(listed) {
		listed = text
	}
	if blank(text) {
		text, listed = "", ""
	}
	said := b.needs.read(listed)
	refs, words := said.refs, said.id
	if text != listed {
		words = ident(text)
	}
	src := w.source(fUsage)
	if !w.r.layout.has(fUsage) {
		src = w.source(fNeeds)
	}
	if text == "" {
		b.f.add("R4", register.Unclear, b.needsClause(), "Не напечатано, какое взаимодействие осуществляется в точке.",
			[]string{"no usage", b.currentID(), b.d.ids[at[0]]}, placeOf(src, w.words(w.r.order)))
	}
	b.unlisted(listed, said, src)
	feature, class := b.classOf(w)
	if feature == "" && blank(w.cells[fPoint]) {
		feature, class = b.feature, b.class // the same point once more: its merged cells came as empty ones
	}
	b.feature, b.class = feature, class
	for _, i := range at {
		sum := useSum(b.current, i, words)
		if n, ok := b.useByID[sum]; ok && (b.d.Usages[n].Printed == class || b.d.Usages[n].Printed == "" || class == "") {
			was := &b.d.Usages[n]
			if was.Printed == "" && class != "" {
				was.Feature, was.Printed = feature, class
			}
			b.f.add("R13", register.Form, "", fmt.Sprintf("Строка напечатана дважды: «%s», «%s»; взята один раз.",
				clip(b.procs[b.current].Title, 100), clip(b.d.Touchpoints[i].Text(), 100)), []string{"twice", b.currentID(), b.d.ids[i], words},
				placeOf(was.Source, was.Text), placeOf(src, text))
			b.skip(w.words(w.r.order), "повторяет другую строку", src)
			continue
		}
		b.useByID[sum] = int32(len(b.d.Usages))
		b.refs = append(b.refs, ref{int32(b.current), int32(i)})
		b.d.Usages = append(b.d.Usages, register.Usage{Client: b.p.Client.Code, Needs: refs, Text: text,
			Feature: feature, Printed: class, Source: src})
	}
}

// unlisted notes phrases that resemble a listed need or that nothing can hold. A phrase noted often enough is only counted.
func (b *builder) unlisted(text string, said wording, src *register.Source) {
	for _, p := range said.close {
		if f := b.close[p]; f != nil && len(f.Places) >= placesShown {
			f.count++
			continue
		}
		f := b.f.add("R4", register.Unclear, b.needsClause(), fmt.Sprintf("«%s» похоже на потребность «%s», но не она; отнесено к другим потребностям.", clip(p, 160), b.needs.phrase(p).close),
			[]string{"close", lang.Fold(p)}, placeOf(src, p))
		f.Fix = "Если это названная порядком потребность, напечатайте её словами порядка."
		b.close[p] = f
	}
	if b.needs.open != "" {
		return
	}
	for _, p := range b.needs.split(text) {
		if len(b.needs.phrase(p).codes) == 0 {
			b.f.add("R4", register.Violation, b.needsClause(), fmt.Sprintf("Потребности «%s» в перечне потребностей порядка нет.", clip(p, 160)),
				[]string{"unlisted", lang.Fold(p)}, placeOf(src, p))
		}
	}
}

// classOf reads the feature and the class that a row prints.
func (b *builder) classOf(w *row) (feature string, class register.Class) {
	f := fFeature
	feature = oneLine(w.cells[fFeature])
	if blank(feature) {
		feature = ""
	}
	text := feature
	if t := oneLine(w.cells[fClass]); !blank(t) {
		if feature == "" {
			feature = t
		}
		if c := classOf(t); c.both || c.class != "" || classOf(feature).class == "" {
			f, text = fClass, t
		}
	}
	if text == "" {
		return feature, ""
	}
	p, ok := b.classes[text]
	if !ok {
		p = classOf(text)
		b.classes[text] = p
	}
	if b.spelt != nil && p.misspel != "" && len(b.spelt.Places) >= placesShown {
		b.spelt.count++
	} else if p.misspel != "" {
		b.spelt = b.f.add("R13", register.Form, "", "", []string{"offline"}, placeOf(w.source(f), text))
		b.spelt.text = func(n int) string {
			return fmt.Sprintf("Слово «офлайн» напечатано как «%s» (%s); класс точки понят.", p.misspel, lang.Count(n, "раз", "раза", "раз"))
		}
	}
	switch {
	case p.both:
		b.f.add("R3", register.Unclear, "", "В одной ячейке названы оба класса точки: «"+clip(text, 120)+"»; класс строки не записан.",
			[]string{"both", lang.Fold(text)}, placeOf(w.source(f), text)).Fix = "Оставьте один класс: цифровая или офлайн-точка."
	case p.class == "" && f == fClass || p.class == "" && strings.Contains(lang.Fold(text), "точк"):
		b.f.add("R3", register.Unclear, "", "Класс точки не удалось понять: «"+clip(text, 120)+"».",
			[]string{"class", lang.Fold(text)}, placeOf(w.source(f), text)).Fix = "Напечатайте: взаимодействие в цифровой точке или в офлайн-точке."
	}
	return feature, p.class
}
