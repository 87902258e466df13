package intake

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// processBuilder makes a ProcessRegister of rows. The last row waits until it is known not to go on in the next one.
type processBuilder struct {
	d      *ProcessRegister
	p      *procedure.Procedure
	f      *findings
	keys   *keyring
	byID   map[string]int // ident of a title → number of Processes
	clause string         // that speaks of the реестр процессов

	scope     string // of the table or of the part of it
	direction string // a row across the table
	lower     bool   // titles begin with small letters
	wait      *row
}

// table reads one table of the scope that stands above it; one that follows another with nothing between goes on with it.
func (b *processBuilder) table(h headed, scope string, follow bool) {
	if !follow {
		b.flush()
		b.scope, b.direction, b.lower = "", "", mostlyLower(h)
	}
	if scope != "" {
		b.scope = scope
	}
	r := h.rows(follow)
	for l := r.read(); l != nil; l = r.read() {
		if b.wait != nil && b.goesOn(b.wait, l, r.layout) {
			b.join(b.wait, l, r)
			continue
		}
		b.flush()
		b.wait = &row{line: *l, r: r}
	}
}

// mostlyLower tells whether whole titles of a table begin with small letters.
func mostlyLower(h headed) bool {
	all, lower := 0, 0
	r := h.rows(false)
	for l := r.read(); l != nil && all < 1000; l = r.read() {
		if t := l.cells[fProcess]; t != "" && l.full == "" {
			if all++; lowerStart(t) {
				lower++
			}
		}
	}
	return 3*lower > all
}

// goesOn tells whether line l is the rest of row w, cut off by the end of a page: it has no number of its own, and what it
// says goes on in the middle of a sentence.
func (b *processBuilder) goesOn(w *row, l *line, lay *layout) bool {
	if w.full != "" || l.full != "" || !blank(l.cells[fNumber]) && !l.down[fNumber] || w.cells[fProcess] == "" {
		return false
	}
	title := l.cells[fProcess]
	if l.down[fProcess] {
		title = ""
	}
	if title != "" {
		return lowerStart(title) && !b.lower && (l.brk || lay.has(fNumber) || unfinished(w.cells[fProcess])) || unfinished(w.cells[fProcess]) && l.brk
	}
	some := false
	for f := fProcess; f < nFields; f++ {
		t := l.cells[f]
		if t == "" || l.down[f] {
			continue
		}
		if !lowerStart(t) && !unfinished(w.cells[f]) && !l.brk {
			return false
		}
		some = true
	}
	return some && l.cells[fProcess] == ""
}

// join adds the rest of a row to it and says so.
func (b *processBuilder) join(w *row, l *line, r *rowReader) {
	var parts []string
	for f := fProcess; f < nFields; f++ {
		if t := l.cells[f]; t != "" && !l.down[f] && !blank(t) {
			parts = append(parts, oneLine(t))
			w.cells[f] = glue(w.cells[f], t)
		}
	}
	w.joined++
	b.f.add("R19", register.Form, b.clause, fmt.Sprintf("Строку разорвал конец страницы: «%s» — продолжение строки выше; части соединены.", clip(strings.Join(parts, "» и «"), 200)),
		[]string{"split process", ident(w.cells[fProcess])}, placeOf(w.source(fProcess), oneLine(w.cells[fProcess])),
		placeOf(r.source(l.at, fProcess), strings.Join(parts, " | "))).Fix = "Запретите перенос строк таблицы на другую страницу."
}

func (b *processBuilder) skip(text, why string, at *register.Source) {
	if strings.TrimSpace(text) != "" {
		b.d.Skipped = append(b.d.Skipped, Skipped{Text: text, Reason: why, Source: at})
	}
}

// flush takes the waiting row.
func (b *processBuilder) flush() {
	w := b.wait
	b.wait = nil
	if w == nil {
		return
	}
	at := w.source(fProcess)
	if why := w.aside(); why != "" {
		b.skip(w.words(w.r.order), why, at)
		return
	}
	if w.full != "" {
		if blank(w.full) {
			return
		}
		if s := scopeIn(w.full); s != "" {
			b.scope, b.direction = s, ""
			return
		}
		b.direction = unnumbered(w.full)
		return
	}
	title := unnumbered(oneLine(w.cells[fProcess]))
	if blank(title) {
		b.skip(w.words(w.r.order), "строка без названия процесса", at)
		return
	}
	if w.down[fProcess] {
		b.again(w, title)
		return
	}
	b.process(w, title, at)
}

// again is a row under a title that spans it: of two departments the first one answers.
func (b *processBuilder) again(w *row, title string) {
	for _, f := range []field{fDepartment, fDirection, fScope} {
		if t := oneLine(w.cells[f]); !blank(t) && !w.down[f] {
			b.f.add("R13", register.Unclear, b.clause, fmt.Sprintf("У процесса «%s» графа «%s» заполнена несколько раз; взято первое, «%s» — нет.", clip(title, 160), fieldNames[f], clip(t, 120)),
				[]string{"several", ident(title), fieldNames[f]}, placeOf(w.source(f), t)).Fix = "Оставьте одно значение; других участников процесса назовите в положении о нём."
			b.skip(w.words(w.r.order), "второе значение для того же процесса", w.source(f))
		}
	}
}

// process takes a row with a title of its own.
func (b *processBuilder) process(w *row, title string, at *register.Source) {
	id := ident(title)
	if i, ok := b.byID[id]; ok {
		b.f.add("R13", register.Unclear, b.clause, fmt.Sprintf("Процесс «%s» назван в реестре дважды; взята первая строка.", clip(title, 200)),
			[]string{"process twice", id}, placeOf(b.d.places[i], title), placeOf(at, title)).Fix = "Оставьте одну строку."
		b.skip(w.words(w.r.order), "процесс уже назван выше", at)
		return
	}
	x := register.Process{Title: title, Scope: b.scopeOf(w), Direction: b.direction}
	if t := oneLine(w.cells[fDirection]); !blank(t) {
		x.Direction = t
	}
	x.Department = b.department(w)
	acts := map[field]string{}
	x.Included, x.From = b.actOf(w, fIncluded, fFrom, acts)
	x.Excluded, x.To = b.actOf(w, fExcluded, fTo, acts)
	if x.Excluded == nil && x.To != "" {
		x.Excluded = &register.Act{Date: x.To} // a day of exclusion without an act is an exclusion all the same
		b.noAct(w, title, at)
	}
	if x.Excluded != nil && x.To == "" {
		x.To = x.Excluded.Date
	}
	if x.From != "" && x.To != "" && x.To < x.From {
		b.f.add("R20", register.Unclear, b.clause, fmt.Sprintf("Процесс «%s» исключён (%s) раньше, чем включён (%s).", clip(title, 160), lang.Date(string(x.To)), lang.Date(string(x.From))),
			[]string{"process dates", id}, placeOf(w.source(fTo), w.cells[fTo])).Fix = "Проверьте даты."
	}
	x.Key = b.keys.take(wordKey(id, 40))
	b.byID[id] = len(b.d.Processes)
	b.d.Processes = append(b.d.Processes, x)
	b.d.places = append(b.d.places, at)
	b.d.acts = append(b.d.acts, acts)
}

func (b *processBuilder) noAct(w *row, title string, at *register.Source) {
	b.f.add("R14", register.Form, b.clause, fmt.Sprintf("Процесс «%s» исключён из реестра, а акт не назван.", clip(title, 160)),
		[]string{"no act", ident(title)}, placeOf(at, title)).Fix = "Назовите номер и дату акта об исключении."
}

// scopeOf is the scope that the row says, else that of its part of the table.
func (b *processBuilder) scopeOf(w *row) string {
	text := oneLine(w.cells[fScope])
	if blank(text) {
		return b.scope
	}
	if s := scopeIn(text); s != "" {
		if b.scope != "" && s != b.scope {
			b.f.add("R13", register.Unclear, b.clause, fmt.Sprintf("Процесс «%s» в строке назван «%s», а стоит в разделе «%s»; взято то, что в строке.", clip(oneLine(w.cells[fProcess]), 160), s, b.scope),
				[]string{"scope", ident(w.cells[fProcess])}, placeOf(w.source(fScope), text)).Fix = "Перенесите строку или исправьте вид процесса."
		}
		return s
	}
	switch strings.Trim(lang.Fold(russianText(text)), ". ") {
	case "мв", "м", "меж", "межвед":
		return register.ScopeInter
	case "вв", "в", "внутр", "внутривед", "внутренний":
		return register.ScopeIntra
	}
	b.f.add("R13", register.Unclear, b.clause, "Вид процесса не понят: «"+clip(text, 120)+"»; ожидался «межведомственный» или «внутриведомственный».",
		[]string{"scope", ident(text)}, placeOf(w.source(fScope), text)).Fix = "Исправьте вид процесса в файле."
	return b.scope
}

// department is the key of the department that the row names, by its name in any form; "" with a doubt if nobody knows it.
func (b *processBuilder) department(w *row) string {
	text := oneLine(w.cells[fDepartment])
	if blank(text) {
		return ""
	}
	if key := DepartmentNamed(b.d.dept, text); key != "" {
		return key
	}
	b.f.add("R13", register.Unclear, b.clause, "Отдел не найден среди отделов органа: «"+clip(text, 160)+"»; процессу он не назначен.",
		[]string{"department", ident(text)}, placeOf(w.source(fDepartment), text)).Fix = "Заведите отдел в настройках или назовите его так, как он там назван."
	return ""
}

// DepartmentNamed gives the key of the department with that name, in the nominative, the genitive or another case; "" if
// none or several have it.
func DepartmentNamed(departments []register.Department, text string) string {
	id, stems := ident(text), strings.Join(lang.Stems(text), " ")
	found := ""
	for _, d := range departments {
		switch {
		case ident(d.Title) == id, d.Genitive != "" && ident(d.Genitive) == id:
			return d.Key
		case strings.Join(lang.Stems(d.Title), " ") == stems, strings.Contains(" "+id+" ", " "+ident(d.Title)+" ") && strings.Contains(d.Title, " "),
			d.Genitive != "" && strings.Contains(" "+id+" ", " "+ident(d.Genitive)+" ") && strings.Contains(d.Genitive, " "):
			if found != "" && found != d.Key {
				return ""
			}
			found = d.Key
		}
	}
	return found
}

// actOf reads the act and the day of inclusion or exclusion. A column of dates may hold an act, and a column of acts a date.
func (b *processBuilder) actOf(w *row, f, day field, said map[field]string) (*register.Act, register.Date) {
	var act *register.Act
	var on register.Date
	if t := oneLine(w.cells[f]); !blank(t) && !dashes(t) {
		a, ok := ReadAct(t)
		if !ok {
			b.f.add("R14", register.Unclear, b.clause, "Акт не понят: «"+clip(t, 160)+"» — нет ни номера, ни даты; записан словами.",
				[]string{"act", ident(t)}, placeOf(w.source(f), t)).Fix = "Напишите, например, «приказ № 9-р от 16.02.2026»."
		}
		act, on = &a, a.Date
		said[f] = t
	}
	if t := oneLine(w.cells[day]); !blank(t) && !dashes(t) {
		said[day] = t
		if iso, ok := lang.ParseDate(t); ok {
			on = register.Date(iso)
		} else if a, ok := ReadAct(t); ok && a.Date != "" {
			if on = a.Date; act == nil {
				act = &a
				said[f] = t
			}
		} else {
			b.f.add("R20", register.Unclear, b.clause, "Дата не понята: «"+clip(t, 80)+"»; она не записана.",
				[]string{"date", fieldNames[day], t}, placeOf(w.source(day), t)).Fix = "Напишите дату как 16.02.2026."
		}
	}
	return act, on
}

// dashes tells a cell of nothing but dashes and points.
func dashes(s string) bool { return strings.Trim(s, "-–—−._ ") == "" }
