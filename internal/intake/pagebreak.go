package intake

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"perechen/internal/lang"
	"perechen/internal/register"
)

var numbered = lang.Expression(`^\d{1,3}(\.\d{1,3})*[.)]\s+`)

// style is how a table is printed, as far as it tells a row from the rest of one.
type style struct {
	byProcess  bool // numbers count processes, not rows: there are rows with neither number nor process
	lowerPoint bool // whole points begin with small letters
	lowerUsage bool
	lowerTitle bool
	noted      bool // the feature is filled in most rows that begin a process
}

// styleOf looks over a table once. Rows that begin a process are surely whole: what they look like is the style.
func styleOf(h headed) style {
	rows := 0
	numbers, bare, lone := 0, 0, 0
	var whole, lower [nFields]int
	sure, filled := 0, 0
	r := h.rows(false)
	for l := r.read(); l != nil; l = r.read() {
		if l.full != "" {
			continue
		}
		if rows++; rows > 5000 {
			break
		}
		number := numeral(l.cells[fNumber]) > 0 && !l.down[fNumber]
		title := !blank(l.cells[fProcess]) && !l.down[fProcess]
		switch {
		case number && title:
			numbers++
		case number && blank(l.cells[fProcess]):
			bare++
		case !number && blank(l.cells[fProcess]):
			lone++
		}
		if title || number {
			sure++
			if !blank(l.cells[fFeature]) || !blank(l.cells[fClass]) {
				filled++
			}
		}
		if !title && !number && !(h.layout.has(fFeature) && !blank(l.cells[fFeature])) {
			continue
		}
		for _, f := range []field{fProcess, fPoint, fUsage, fNeeds} {
			if t := l.cells[f]; t != "" && !l.down[f] {
				whole[f]++
				if lowerStart(t) {
					lower[f]++
				}
			}
		}
	}
	low := func(f field) bool { return 3*lower[f] > whole[f] }
	return style{byProcess: numbers > 0 && bare <= lone, lowerPoint: low(fPoint), lowerUsage: low(fUsage) || low(fNeeds),
		lowerTitle: low(fProcess), noted: 2*filled > sure}
}

type verdict int

const (
	apart verdict = iota
	maybe
	joins
)

// continues tells whether line l is the rest of row w, cut off by the end of a page. It must have no number and no
// process of its own; further:
//
//  1. its feature is empty (where the table fills that column) or finishes the feature above;
//  2. its point and its interaction each go on in the middle of a sentence, or are empty;
//  3. a page, a blank row or the border of a table lies between, or both 1 and 2 speak without doubt.
//
// An empty point beside a whole interaction is the same point once more, not the rest of a row.
func (b *builder) continues(w *row, l *line, lay *layout) verdict {
	if w.full != "" || !blank(l.cells[fNumber]) && !l.down[fNumber] {
		return apart
	}
	point, usage, title := l.cells[fPoint], l.cells[fUsage], l.cells[fProcess]
	if !lay.has(fUsage) {
		usage = l.cells[fNeeds]
	}
	above := w.cells[fUsage]
	if !lay.has(fUsage) {
		above = w.cells[fNeeds]
	}
	if l.down[fPoint] {
		point = ""
	}
	if l.down[fUsage] {
		usage = ""
	}
	if blank(w.cells[fPoint]) && blank(above) {
		return apart // a process alone on its row
	}
	if title != "" && !l.down[fProcess] {
		if !lay.has(fNumber) || !lowerStart(title) || b.style.lowerTitle {
			return apart
		}
		if point == "" && usage == "" {
			return joins
		}
	}
	if point == "" && usage == "" {
		return apart
	}
	noted := lay.has(fFeature) && b.style.noted || lay.has(fClass)
	bare := blank(l.cells[fFeature]) && blank(l.cells[fClass]) || l.down[fFeature]
	if !bare {
		// The feature itself may be cut: «Взаимодействие в» | «офлайн-точке».
		f := l.cells[fFeature]
		if !lowerStart(f) || classOf(w.cells[fFeature]).class != "" || classOf(w.cells[fFeature]+" "+f).class == "" {
			return apart
		}
	}
	onPoint := point == "" || lowerStart(point) && !b.style.lowerPoint || unfinished(w.cells[fPoint])
	onUsage := usage == "" || lowerStart(usage) && !b.style.lowerUsage || unfinished(above)
	clear := lowerStart(point) && !b.style.lowerPoint && (usage == "" || lowerStart(usage) && !action(usage))
	if point == "" {
		// The same point with another interaction, unless the sentence above is cut.
		clear = lowerStart(usage) && !action(usage) && !b.style.lowerUsage
		onUsage = clear || unfinished(above) && lowerStart(usage)
	}
	if onPoint && onUsage && point != "" && len(contactsOf(point)) > 0 && len(contactsOf(w.cells[fPoint])) > 0 {
		return apart // a contact each: two points
	}
	switch {
	case !onPoint || !onUsage:
		if l.brk && bare && noted && point != "" && lowerStart(usage) && !b.style.lowerUsage && !action(usage) && len(contactsOf(point)) == 0 {
			return joins // «Комитета» with a capital letter, beside «клиентом, подача …»
		}
		return apart
	case clear && bare && noted, l.brk && (bare && noted || clear):
		return joins
	case l.brk || clear:
		return maybe
	}
	return apart
}

// join adds the rest of a row to it and says so.
func (b *builder) join(w *row, l *line, r *rowReader) {
	var parts []string
	for f := fProcess; f < nFields; f++ {
		t := l.cells[f]
		if t == "" || l.down[f] || blank(t) {
			continue
		}
		parts = append(parts, oneLine(t))
		w.cells[f] = glue(w.cells[f], t)
	}
	w.joined++
	b.f.add("R19", register.Form, b.reportClause(), fmt.Sprintf("Строку разорвал конец страницы: «%s» — продолжение строки выше; части соединены.", clip(strings.Join(parts, "» и «"), 200)),
		[]string{"split", ident(w.cells[fPoint]), ident(w.cells[fUsage])}, placeOf(w.source(fPoint), oneLine(w.cells[fPoint])),
		placeOf(r.source(l.at, fPoint), strings.Join(parts, " | "))).Fix = "Запретите перенос строк таблицы на другую страницу; в отчёте, напечатанном программой, строки целы."
}

// glue joins two halves of a text with a space; after a hyphen without one, and without the hyphen when it only parted a
// word: «консульта-» | «ции».
func glue(a, b string) string {
	if a == "" {
		return b
	}
	if strings.HasSuffix(a, "-") && lowerStart(b) && !strings.HasSuffix(a, " -") {
		if parted(a[strings.LastIndexAny(a, " \n(«\"")+1:], b) {
			return a[:len(a)-1] + b
		}
		return a + b
	}
	return a + " " + b
}

// compounds are first halves of words that are written with a hyphen.
var compounds = set("офлайн оффлайн онлайн интернет веб пресс бизнес вице экс контакт колл смс видео аудио медиа чат телеграм бот скан")

// parted tells that a hyphen at the end of a Russian word stands where a line ended: the word is no half of a compound
// («офлайн-точка», «кадрово-правовой»).
func parted(left, rest string) bool {
	w := lang.Fold(strings.TrimSuffix(left, "-"))
	n := utf8.RuneCountInString(w)
	if n < 2 || latin(w) || strings.ContainsAny(w, "-.@0123456789") || compounds[w] {
		return false
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	if n >= 6 && utf8.RuneCountInString(rest[:end]) >= 5 {
		for _, e := range []string{"но", "во", "ко", "ло", "ро", "мо"} {
			if strings.HasSuffix(w, e) {
				return false
			}
		}
	}
	return true
}
