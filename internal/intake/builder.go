package intake

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// builder makes a draft of rows. Rows come one by one; the last one waits until it is known not to go on in the next.
type builder struct {
	d      *Draft
	p      *procedure.Procedure
	f      *findings
	points *pointReader
	needs  *needReader

	procs     []procDraft
	procByID  map[string]int
	pointByID map[string]int
	variants  map[variant]bool // other ways in which points were printed
	refs      []ref            // of the draft's usages, whose keys come last
	useByID   map[uint64]int32
	classes   map[string]printed
	close     map[string]*finding // by the phrase that resembles a need
	depts     map[string]string

	title   string // the last one that ident was asked about, with the answer
	titleID string
	current int   // process of the row before, -1 for none
	last    []int // points of the row before, with its feature and class
	feature string
	class   register.Class
	wait    *row
	number  int // the last number of a row
	section string
	sectAt  *register.Source
	style   style
	tables  int
	spelt   *finding
}

type procDraft struct {
	register.Process
	id string
	at *register.Source
}

// variant is a point of the draft as it was printed in another way.
type variant struct {
	point int
	text  string
}

// ref says whose a usage of the draft is.
type ref struct{ process, point int32 }

// useSum is what makes two rows the same: process, point and words.
func useSum(process, point int, words string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	maphash.WriteComparable(&h, ref{int32(process), int32(point)})
	h.WriteString(words)
	return h.Sum64()
}

// A row is a line of the table that waits; its sources are made when needed.
type row struct {
	line
	r      *rowReader
	joined int // lines joined to it
}

func (w *row) source(f field) *register.Source { return w.r.source(w.at, f) }

func newBuilder(d *Draft, p *procedure.Procedure, m *procedure.Matcher, f *findings) *builder {
	return &builder{d: d, p: p, f: f, points: newPointReader(m), needs: newNeedReader(p, m),
		procByID: map[string]int{}, pointByID: map[string]int{}, variants: map[variant]bool{}, useByID: map[uint64]int32{},
		classes: map[string]printed{}, close: map[string]*finding{}, depts: map[string]string{}, current: -1}
}

// table reads one table. One that follows another with nothing between goes on with its process and its last row.
func (b *builder) table(h headed) {
	if !h.follow || b.tables == 0 {
		b.flush()
		b.dropSection()
		b.current, b.last, b.number = -1, nil, 0
	}
	b.style = styleOf(h)
	b.d.Usages = slices.Grow(b.d.Usages, len(h.Rows)-h.from)
	b.refs = slices.Grow(b.refs, len(h.Rows)-h.from)
	r := h.rows(b.tables > 0)
	b.tables++
	for {
		l := r.read()
		if l == nil {
			b.marked(r)
			return
		}
		if b.wait != nil && l.full == "" {
			switch b.continues(b.wait, l, r.layout) {
			case joins:
				b.join(b.wait, l, r)
				continue
			case maybe:
				b.f.add("R19", register.Unclear, "", "Строка начинается с маленькой буквы и похожа на продолжение строки выше; прочитана отдельно.",
					[]string{"maybe split", l.cells[fPoint], l.cells[fUsage]}, placeOf(r.source(l.at, fPoint), oneLine(l.cells[fPoint]+" "+l.cells[fUsage]))).
					Fix = "Если строку разорвал конец страницы, соедините её части в файле."
			}
		}
		b.flush()
		b.wait = &row{line: *l, r: r}
	}
}

// marked tells of the marks of notes that were left out of the texts of a table, and of addresses behind words.
func (b *builder) marked(r *rowReader) {
	for _, d := range r.doubts {
		b.f.add("R12", d.sev, "", d.text, []string{"link", d.text}, placeOf(r.source(d.at, fPoint), d.word)).Fix = "Проверьте адрес и напечатайте его в таблице."
	}
	if r.marks == 0 {
		return
	}
	b.f.add("R13", register.Form, b.reportClause(), fmt.Sprintf("Знак сноски «%s» в конце ячейки в перечень не взят (%s).", r.mark, lang.Count(r.marks, "ячейка", "ячейки", "ячеек")),
		[]string{"note mark", r.mark}, placeOf(r.headed.source(r.markAt, ""), r.mark)).Fix = "Если то, что сказано в сноске, относится к точке, напишите это в её строке."
}

// finish takes the row that still waits and gives the draft its processes, points and usages with their keys.
func (b *builder) finish() {
	b.flush()
	b.dropSection()
	b.nearby()
	keys := newKeyring()
	b.d.Processes = make([]register.Process, len(b.procs))
	for n, i := range b.order() {
		p := &b.procs[i]
		p.Key, p.Position = keys.take(wordKey(p.id, 40)), n+1
		b.d.Processes[n] = p.Process
		b.d.places[p.Key] = p.at
	}
	keys = newKeyring()
	for i := range b.d.Touchpoints {
		t := &b.d.Touchpoints[i]
		t.Key, t.Position = keys.take(pointKey(*t)), i+1
	}
	keys = newKeyring()
	for i, r := range b.refs {
		u := &b.d.Usages[i]
		u.Process, u.Touchpoint = b.procs[r.process].Key, b.d.Touchpoints[r.point].Key
		u.Key, u.Position = keys.take(u.Process+"."+u.Touchpoint), i+1
	}
}

// order is the order of processes: by their first rows, which is how a report prints them; one without rows stands where
// it was named.
func (b *builder) order() []int {
	seen := make([]bool, len(b.procs))
	var named, others []int
	for _, r := range b.refs {
		if !seen[r.process] {
			seen[r.process] = true
			named = append(named, int(r.process)+1)
		}
	}
	for i := range b.procs {
		if !seen[i] {
			others = append(others, i+1)
		}
	}
	out := interleave(named, others)
	for n, k := range out {
		if k < 0 {
			out[n] = others[-1-k] - 1
		} else {
			out[n] = named[k] - 1
		}
	}
	return out
}

// pointKey is the key that a new point gets.
func pointKey(t register.Touchpoint) string {
	if t.Contact != "" {
		return contactKey(t.Kind, t.Contact)
	}
	return wordKey(ident(t.Text()), 40)
}

// flush takes the waiting row into the draft.
func (b *builder) flush() {
	w := b.wait
	if w == nil {
		return
	}
	b.wait = nil
	if w.full != "" {
		if blank(w.full) {
			return
		}
		if why := w.aside(); why != "" {
			b.skip(w.full, why, w.source(fProcess))
			return
		}
		b.dropSection()
		b.section, b.sectAt = w.full, w.source(fProcess)
		b.last = nil
		return
	}
	if why := w.aside(); why != "" {
		b.skip(w.words(w.r.order), why, w.source(fPoint))
		return
	}
	b.count(w)
	if !b.process(w) {
		return
	}
	at := b.pointsOf(w)
	if len(at) == 0 {
		return
	}
	b.usages(w, at)
	b.last = at
}

// process settles to which process a row belongs; false when the row cannot be taken.
func (b *builder) process(w *row) bool {
	title := oneLine(w.cells[fProcess])
	if blank(title) {
		title = ""
	}
	if b.section != "" {
		// A heading over rows that name their process themselves is a heading of a part; over others it is their process.
		if title == "" || w.down[fProcess] {
			title = unnumbered(b.section)
			b.enter(title, b.sectAt)
			b.section = ""
			return true
		}
		b.dropSection()
	}
	if nobody(w.cells[fPoint]) {
		w.cells[fPoint] = ""
	}
	empty := blank(w.cells[fPoint]) && blank(w.cells[fUsage]) && blank(w.cells[fNeeds]) && blank(w.cells[fContact])
	switch {
	case title != "" && !w.down[fProcess]:
		b.enter(unnumbered(title), w.source(fProcess))
		return !empty
	case empty:
		b.skip(w.words(w.r.order), "строка без точки взаимодействия", w.source(fPoint))
		return false
	case b.current < 0 || b.style.byProcess && numeral(w.cells[fNumber]) > 0 && !w.down[fNumber] && title == "":
		src := w.source(fProcess)
		b.f.add("R15", register.Violation, b.reportClause(), "У строки не указано направление деятельности (процесс); в перечень она не включена.",
			[]string{"no process", w.cells[fPoint]}, placeOf(src, w.words(w.r.order))).Fix = "Впишите направление деятельности в строку и загрузите файл снова."
		b.skip(w.words(w.r.order), "не указано направление деятельности", src)
		return false
	}
	return true
}

// enter makes the process with that title the current one, new or met before.
func (b *builder) enter(title string, at *register.Source) {
	id := b.ident(title)
	i, ok := b.procByID[id]
	if !ok {
		i = len(b.procs)
		b.procs = append(b.procs, procDraft{Process: register.Process{Title: title}, id: id, at: at})
		b.procByID[id] = i
	}
	if i != b.current {
		b.last = nil
	}
	b.current = i
}

// ident is ident of a process's title: row after row says the same.
func (b *builder) ident(title string) string {
	if title != b.title {
		b.title, b.titleID = title, ident(title)
	}
	return b.titleID
}

// unnumbered is a title without the number before it: «1. Увольнение».
func unnumbered(title string) string {
	if m := numbered().FindString(title); m != "" && len(m) < len(title) {
		return title[len(m):]
	}
	return title
}

// count follows the numbers of rows.
func (b *builder) count(w *row) {
	n := numeral(w.cells[fNumber])
	if n == 0 || w.down[fNumber] {
		return
	}
	if b.number > 0 && n != b.number+1 && !(n == b.number && b.ident(w.cells[fProcess]) == b.currentID()) {
		b.f.add("R20", register.Form, b.reportClause(), "Номера строк идут не по порядку.", []string{"numbers"},
			placeOf(w.source(fNumber), w.cells[fNumber])).Fix = "При печати отчёта номера ставятся заново."
	}
	b.number = n
}

func (b *builder) currentID() string {
	if b.current < 0 {
		return ""
	}
	return b.procs[b.current].id
}

// dropSection lists a heading over no rows among what was left out.
func (b *builder) dropSection() {
	if b.section != "" {
		b.skip(b.section, "заголовок части таблицы или примечание", b.sectAt)
		b.section, b.sectAt = "", nil
	}
}

func (b *builder) skip(text, why string, at *register.Source) {
	if strings.TrimSpace(text) != "" {
		b.d.Skipped = append(b.d.Skipped, Skipped{Text: text, Reason: why, Source: at})
	}
}

// reportClause is the clause of the report's form; "" when the order has none.
func (b *builder) reportClause() string {
	if b.p.Report == nil {
		return ""
	}
	return b.p.Report.Clause
}

// needsClause is the clause that lists the needs.
func (b *builder) needsClause() string {
	if len(b.p.Needs) == 0 {
		return ""
	}
	return b.p.Needs[0].Clause
}
