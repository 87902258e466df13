package office

import "math"

// balance breaks a short centred text anew, into as many lines as it has, of lengths as even as can be: no heading ends
// in a line of one word. A text of one line, or a long one, is left alone.
func (t *pdfText) balance(width float64) {
	var out []pdfLine
	for from := 0; from < len(t.lines); {
		to := from + 1
		for to < len(t.lines) && t.lines[to].para == t.lines[from].para {
			to++
		}
		out = append(out, t.evenLines(t.lines[from:to], int(width*1000/t.size))...)
		from = to
	}
	t.lines = out
}

// evenLines chooses the breaks of one paragraph: of all ways to break it into n lines that fit, the one with the least
// sum of squares of what is missing to the full width.
func (t *pdfText) evenLines(lines []pdfLine, width int) []pdfLine {
	n := len(lines)
	if n == 1 || n > 12 {
		return lines
	}
	first, end := lines[0].from, lines[n-1].to
	ends := []int{first} // places where a line may begin
	for i := first; i < end-1; i++ {
		if t.glyphs[i].brk == brkFree {
			ends = append(ends, i+1)
		}
	}
	ends = append(ends, end)
	m := len(ends)
	cost := make([][]float64, n+1) // cost[k][j]: k lines that end at ends[j]
	prev := make([][]int, n+1)
	for k := range cost {
		cost[k], prev[k] = make([]float64, m), make([]int, m)
		for j := range cost[k] {
			cost[k][j] = math.Inf(1)
		}
	}
	cost[0][0] = 0
	for k := 1; k <= n; k++ {
		for j := 1; j < m; j++ {
			for i := j - 1; i >= 0; i-- {
				w := t.line(ends[i], ends[j]).w
				if w > width {
					break
				}
				miss := float64(width-w) / float64(width)
				if c := cost[k-1][i] + miss*miss; c < cost[k][j] {
					cost[k][j], prev[k][j] = c, i
				}
			}
		}
	}
	if math.IsInf(cost[n][m-1], 1) {
		return lines // a word longer than the line
	}
	out := make([]pdfLine, n)
	for k, j := n, m-1; k > 0; k-- {
		i := prev[k][j]
		out[k-1] = t.line(ends[i], ends[j])
		out[k-1].para, out[k-1].last = lines[0].para, k == n
		out[k-1].blank = k < n && t.glyphs[ends[j]-1].r == ' '
		j = i
	}
	return out
}

// line measures glyphs from–to without the blanks at their end.
func (t *pdfText) line(from, to int) pdfLine {
	ln := pdfLine{from: from, to: to}
	for ln.to > ln.from && t.glyphs[ln.to-1].r == ' ' {
		ln.to--
	}
	for _, c := range t.glyphs[ln.from:ln.to] {
		ln.w += int(c.adv)
		if c.r == ' ' || c.r == '\u00a0' {
			ln.gaps++
		}
	}
	return ln
}
