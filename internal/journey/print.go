package journey

import (
	"io"
	"time"

	"perechen/internal/drawing"
)

// What fits a sheet across: how wide a map is drawn for it, and how high it may be on one page without being made smaller.
var sheets = map[drawing.Paper]struct{ width, tall float64 }{
	drawing.A4: {1200, 730},
	drawing.A3: {1560, 950},
}

// WritePDF writes the map on sheets of paper, as many as it takes for its text to stay readable. Foot stands at the foot of
// each.
func WritePDF(w io.Writer, v *View, paper drawing.Paper, foot string, made time.Time) error {
	s := sheets[paper]
	pages := Pages(v, Options{Width: s.width}, s.tall)
	return drawing.WritePDF(w, drawing.Print{Paper: paper, Title: v.Title, Footer: foot, Created: made}, pages...)
}
