// Package intake turns an office document into a draft of a register and tells what the draft would change.
//
// Parse finds the register's table by its headings, section 3 of an order by the words «цифровые» and «офлайн-точки»,
// and the tables of segmentation by theirs; nothing is looked for by its position. What is read is read verbatim. Where
// the document allows two readings, intake takes the safer one and says so in a finding: nothing is corrected in silence,
// and a row that cannot be taken is listed in Draft.Skipped with its words.
//
// A draft knows nothing of what is in the register already; Against compares the two and gives a Plan, which package
// ledger can carry out. Both are pure: no disk, no clock.
package intake

import (
	"sync"

	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A Draft is what a document says, before anybody has agreed to it. Keys are those that new subjects would get; Against
// replaces them by the keys of subjects that the register has already.
type Draft struct {
	File   string        `json:"file"`
	Format string        `json:"format"` // docx, odt, xlsx, csv, txt
	Act    *register.Act `json:"act,omitempty"`

	Processes   []register.Process    `json:"processes"`
	Touchpoints []register.Touchpoint `json:"points"`
	Usages      []register.Usage      `json:"usages"`
	Attributes  []register.Attribute  `json:"attributes,omitempty"`
	Profiles    []register.Profile    `json:"profiles,omitempty"`
	// Declared are the points that section 3 of an order names. Declared points that the table uses too are in both lists.
	Declared []register.Touchpoint `json:"declared,omitempty"`

	Findings []register.Finding `json:"findings"`
	Skipped  []Skipped          `json:"skipped,omitempty"`
	HasTable bool               `json:"has_table"` // a table of the register was found, with a row at least

	places map[string]*register.Source // of processes, by key
	ids    []string                    // of Touchpoints: see point.id
	said   []said                      // of Touchpoints
	needs  bool                        // needs were read from a column of their own,
	class  bool                        // and so were classes
	links  map[int][3]string           // of Profiles, by index: points that inform, points that serve, process; as printed
}

// said tells which fields of a point stood in columns of their own; others were found in its words.
type said struct{ place, hours, department bool }

// saidOf is said of point i; of a draft that was not parsed nothing is known.
func (d *Draft) saidOf(i int) said {
	if len(d.said) == len(d.Touchpoints) {
		return d.said[i]
	}
	return said{}
}

// Skipped is a row that is not taken into the draft, with the reason: a total, a note, a row without its process.
type Skipped struct {
	Text   string           `json:"text"` // the cells that are not empty, separated by « | »
	Reason string           `json:"reason"`
	Source *register.Source `json:"source"`
}

// An Error says in one Russian sentence why a document gives no draft: what was looked for, what was found, what to do.
type Error struct{ Text string }

func (e *Error) Error() string { return e.Text }

// ProcessSource tells where the title of a process stood, by the draft's key; nil if unknown.
func (d *Draft) ProcessSource(key string) *register.Source { return d.places[key] }

// Parse reads a document of the body that keeps its register by p. File is the name to be shown in sources. The error is
// an *Error: the document has neither a table of the register, nor declared points, nor tables of segmentation.
func Parse(doc *office.Doc, file string, p *procedure.Procedure) (*Draft, error) {
	d := &Draft{File: file, Format: doc.Format, places: map[string]*register.Source{}}
	f := &findings{}
	m := procedure.NewMatcher(p)
	h := newHeadingReader(p, m)
	doc = h.gathered(doc, file, f)
	ts := tablesOf(doc, file)
	noted(doc, file, h, f)
	found := locate(ts, h, f, d)

	b := newBuilder(d, p, m, f)
	b.points.codes = sync.OnceValue(func() *cityCodes { return codesOf(p, found.register) })
	for _, t := range found.register {
		b.table(t)
	}
	b.finish()
	// Headings with nothing under them are a form to be filled in, not a register from which everything was struck out.
	d.HasTable = len(d.Usages) > 0 || len(d.Processes) > 0

	ps := paragraphsOf(doc, file)
	d.Act = actOf(ps, p, f)
	d.Declared = declaredOf(ps, p, m, d)
	d.linkDeclared(p)
	segmentation(d, ts, found, f)
	withoutPersons(d, f)

	if !d.HasTable && len(d.Declared) == 0 && len(d.Attributes) == 0 && len(d.Profiles) == 0 {
		if len(found.register) > 0 {
			return nil, noRows(file, found.register[0], d.Skipped)
		}
		return nil, nothingFound(file, ts)
	}
	d.Findings = f.list()
	return d, nil
}
