// Package office reads and writes office documents: DOCX, ODT, XLSX, CSV, plain text, and (writing only) PDF.
//
// It knows nothing of registers. One document model, Doc, serves both directions: a reader fills the places (Page, Line,
// Sheet), a writer ignores them. Readers take hostile input: every count, size and depth is bounded by Limits, and an
// error is an *Error with one clear Russian sentence.
package office

import (
	"strings"
	"time"
)

// A Doc is a document before it has a format, or after it has lost one.
type Doc struct {
	Title   string
	Author  string    // the body, never a person
	Created time.Time // stands in the file's properties; the same Doc gives the same bytes
	Format  string    // set by readers: docx, odt, xlsx, csv, txt
	Layout  Layout
	// Sections hold the content. A reader gives one section per document, or one per sheet of a workbook.
	Sections []Section
	// Notes tell what readers saw that a person may not; Hidden are the beginnings of a workbook's hidden sheets, which are
	// not read further.
	Notes  []Note
	Hidden []Section
	// Properties are custom document properties by name (docProps/custom.xml, meta:user-defined, PDF Info).
	Properties map[string]string
	// Seal, when set, is called once by a writer with the digest of what it writes and gives the text of the property
	// SealProperty. DOCX, ODT and XLSX pass TextDigest of the document; PDF passes the digest of its own bytes with the
	// space of the seal zeroed. At most SealSpace bytes.
	Seal func(digest [32]byte) (string, error)
}

// SealProperty is the name of the property that carries a document's seal; SealSpace is its greatest length in bytes.
const (
	SealProperty = "perechen-seal"
	SealSpace    = 4096
)

// Layout is what the standard for official documents fixes. The zero Layout is not printable; see package render.
type Layout struct {
	Font                     string  // of the text: Liberation Serif, metric twin of Times New Roman
	Size                     float64 // of the text, points
	TableSize                float64 // of tables, points
	Left, Right, Top, Bottom float64 // margins, mm
	Indent                   float64 // first line of a paragraph, mm
	Spacing                  float64 // of lines: 1, 1.15, 1.5
	FooterNote               string  // small text at the foot of each page; empty for none
}

// A Section is a run of blocks on pages of one orientation; in a workbook, a sheet.
type Section struct {
	Name      string // of the sheet
	Landscape bool
	Follows   bool // begins on the page on which the section before ends, if that lies alike; a workbook has a sheet for it all the same
	Blocks    []Block
}

// A Block is *Para, *Table, *Code or *PageBreak.
type Block interface{ block() }

// Align is the alignment of a paragraph or a cell; the zero value lets the style decide.
type Align string

// The alignments.
const (
	Left    Align = "left"
	Center  Align = "center"
	Right   Align = "right"
	Justify Align = "both"
)

// Style is the role of a paragraph.
type Style string

// The roles of paragraphs. The zero Style is running text.
const (
	Body     Style = ""
	Title    Style = "title"
	Heading1 Style = "heading1"
	Heading2 Style = "heading2"
	Approval Style = "approval" // гриф утверждения: a block in the right half of the page
	Small    Style = "small"    // notes, checkpoint lines
	Mono     Style = "mono"     // hashes and signatures, small
)

// A Para is a paragraph. «\n» in a run is a line break.
type Para struct {
	Runs   []Run
	Style  Style
	Align  Align
	Keep   bool // on one page with the next block
	NoText bool // without first-line indent
	Page   int  // read: page it starts on, 0 when the format does not tell
	Line   int  // read: line of a text file
}

// A Run is a stretch of text of one appearance.
type Run struct {
	Text                 string
	Bold, Italic, Struck bool
	Underline            bool
	Link                 string
}

// Table is a rectangular grid: every row has the same number of cells, a cell that another one spans is Covered.
type Table struct {
	Caption    string    // printed above the table, and its name for those who do not see it
	Widths     []float64 // mm, or any proportion; readers leave it empty
	Head       int       // rows at the top that repeat on each page
	Rows       []Row
	Borderless bool
	Page       int    // read: page it starts on
	Sheet      string // read: name of the sheet
	Links      []Link // read: addresses behind words, in the order of cells
}

// A Row of a Table.
type Row struct {
	Cells []Cell
	Keep  bool // on one page with the next row: a heading inside of the table
	Page  int  // read
	Line  int  // read: number of the row in its sheet or of the line in a text file, from 1
}

// A Cell of a Row. RowSpan and ColSpan of 0 mean 1. A covered cell has no text of its own.
type Cell struct {
	Text             string // paragraphs are separated by «\n»
	Runs             []Run  // written instead of Text when given (redlines)
	RowSpan, ColSpan int
	Covered          bool
	Bold             bool
	Align            Align
}

// Code is a QR code with words beside it.
type Code struct {
	Modules [][]bool // true is dark; no quiet zone
	SizeMM  float64
	Alt     string
	Beside  []Para
}

// A PageBreak starts a new page.
type PageBreak struct{}

func (*Para) block()      {}
func (*Table) block()     {}
func (*Code) block()      {}
func (*PageBreak) block() {}

// P makes a paragraph of plain text.
func P(style Style, text string) *Para { return &Para{Style: style, Runs: []Run{{Text: text}}} }

// Text returns the paragraph's text without appearance.
func (p *Para) Text() string {
	var b strings.Builder
	for _, r := range p.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// String returns the cell's text without appearance.
func (c Cell) String() string {
	if len(c.Runs) == 0 {
		return c.Text
	}
	return (&Para{Runs: c.Runs}).Text()
}
