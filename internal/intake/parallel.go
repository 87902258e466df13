package intake

import (
	"slices"
	"strings"

	"perechen/internal/register"
)

// parallel cuts a row with n points that stands for n rows, its cells going line by line: the first interaction and the
// first class are those of the first point, and so on. nil when the row says one thing of all its points.
//
// It is so when every line of the class reads as a class by itself, a line for each point; then the interaction goes by
// lines too, if it has as many and is not a list. Without such a class it is so when both the points and the interactions
// are numbered. As many lines as points and nothing to tell by is a doubt.
func (b *builder) parallel(w *row, n int) []row {
	if n < 2 {
		return nil
	}
	lines := func(f field) []string {
		ls := strings.Split(w.cells[f], "\n")
		if len(ls) != n || slices.Contains(ls, "") {
			return nil
		}
		return ls
	}
	cut := map[field][]string{}
	for _, f := range []field{fFeature, fClass} {
		if ls := lines(f); ls != nil && !slices.ContainsFunc(ls, func(l string) bool { return classOf(l).class == "" }) {
			cut[f] = ls
		}
	}
	told := len(cut) > 0
	for _, f := range []field{fUsage, fNeeds} {
		ls := lines(f)
		if ls == nil {
			continue
		}
		whole := !slices.ContainsFunc(ls[:n-1], func(l string) bool { return strings.HasSuffix(l, ",") || strings.HasSuffix(l, ";") || unfinished(l) }) &&
			!slices.ContainsFunc(ls, func(l string) bool { return lowerStart(l) && !action(l) })
		marked := marks(ls) == n && marks(lines(fPoint)) == n
		switch {
		case told && whole || marked:
			for i := range ls {
				ls[i] = strings.TrimSpace(listMark().ReplaceAllString(ls[i], ""))
			}
			cut[f] = ls
		case whole && marks(ls) == 0:
			b.f.add("R13", register.Unclear, b.reportClause(), "Точек и взаимодействий в строке поровну, но не видно, какое к какой относится; все отнесены к каждой точке.",
				[]string{"parallel", w.cells[fPoint], w.cells[f]}, placeOf(w.source(f), w.cells[f])).Fix = "Напечатайте каждую точку отдельной строкой таблицы."
		}
	}
	if len(cut) == 0 {
		return nil
	}
	rows := make([]row, n)
	for i := range rows {
		rows[i] = *w
		for f, ls := range cut {
			rows[i].cells[f] = ls[i]
		}
	}
	return rows
}

// marks counts the lines that begin with the mark of a list.
func marks(lines []string) int {
	n := 0
	for _, l := range lines {
		if listMark().MatchString(l) {
			n++
		}
	}
	return n
}
