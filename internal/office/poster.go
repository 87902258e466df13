package office

import (
	"fmt"
	"io"
	"time"

	"perechen/internal/office/pdf"
)

// A Poster is one upright page to hang on a wall: a heading, parts beneath one another, codes at the bottom. Texts of any
// length fit: the page is set smaller, and where that is not enough, lists and then lines are cut with «…».
type Poster struct {
	Kicker string // a word above the title: what sort of thing it is
	Title  string
	Lead   string // the second largest text: a telephone
	Parts  []PosterPart
	Codes  []PosterCode // two at the most
	Foot   [2]string    // small, left and right
}

// A PosterPart is a label with what it says; a part of several items is a list.
type PosterPart struct {
	Label string
	Items []PosterItem
	Big   bool
	// Rest names how many items were left out: «и ещё 5». Nil: nothing is said but «…».
	Rest func(n int) string
}

// A PosterItem is a text with a smaller note under it.
type PosterItem struct{ Text, Note string }

// A PosterCode is a QR code with words beside it, among them the address that it holds.
type PosterCode struct {
	Modules [][]bool // true is dark; no quiet zone
	Title   string
	Address string
	Alt     string
}

// A Paper is a size of sheets, upright.
type Paper string

// The papers of posters.
const (
	PaperA4 Paper = "A4"
	PaperA5 Paper = "A5"
)

// Papers lists them, the usual one first.
var Papers = []Paper{PaperA4, PaperA5}

// sides are the width and height of a paper, mm.
func (p Paper) sides() (width, height float64, ok bool) {
	switch p {
	case PaperA4:
		return pageWidth, pageHeight, true
	case PaperA5:
		return 148, 210, true
	}
	return 0, 0, false
}

// PosterMeta is what a file of posters says of itself.
type PosterMeta struct {
	Title, Author string
	Created       time.Time
	Paper         Paper
}

// A PosterWriter writes posters as one tagged PDF/A-1 file, page by page: it holds no more than a page in memory.
type PosterWriter struct {
	l             *pdfLayout
	width, height float64 // of a page, points
	unit          float64 // a millimetre of A4, scaled to the paper
	read          map[posterWords]*pdfText
}

// NewPosterWriter begins a file. An unknown paper is an *Error.
func NewPosterWriter(w io.Writer, m PosterMeta) (*PosterWriter, error) {
	width, height, ok := m.Paper.sides()
	if !ok {
		return nil, &Error{Reason: WrongFormat, Text: fmt.Sprintf("Листы печатаются на бумаге A4 и A5, а не «%s».", m.Paper)}
	}
	fonts, err := posterFonts()
	if err != nil {
		return nil, err
	}
	l := &pdfLayout{doc: &Doc{}, fonts: fonts,
		w: pdf.New(w, pdf.Meta{Title: cleanText(m.Title), Author: cleanText(m.Author), Producer: "perechen", Lang: "ru-RU", Created: m.Created})}
	for i, f := range fonts {
		l.faces[i] = l.w.Face(f)
	}
	return &PosterWriter{l: l, width: width * pdfMM, height: height * pdfMM, unit: width / pageWidth * pdfMM}, nil
}

// posterWords are words of a poster; read holds them with their characters measured, not broken into lines yet: the same words
// are set at many sizes until they fit.
type posterWords struct {
	text string
	bold bool
}

// Add writes one page.
func (w *PosterWriter) Add(p Poster) { w.draw(w.fit(p), p) }

// Close ends the file and gives the first error of writing.
func (w *PosterWriter) Close() error {
	if w.l.group != nil {
		w.l.group.Close()
	}
	return w.l.w.Close()
}
