package procedure

import (
	"bytes"
	"fmt"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"

	"perechen/procedures"
)

// A CanonicalNeed is a need by the code that all bodies share.
type CanonicalNeed struct {
	Code     string   `yaml:"code"`
	Title    string   `yaml:"title"`
	Wordings []string `yaml:"wordings"`
}

// A commonColumn is what any body's report may have in a column.
type commonColumn struct {
	Field   string   `yaml:"field"`
	Heading string   `yaml:"heading"`
	Width   float64  `yaml:"width"`
	Group   bool     `yaml:"group"`
	Words   []string `yaml:"words"`
}

// commonData is procedures/common: what belongs to no single body.
type commonData struct {
	ignored []string
	needs   []CanonicalNeed
	kinds   []Kind
	title   []string
	columns []commonColumn
	form    []string
}

var common = sync.OnceValue(func() commonData {
	var needs struct {
		Ignored []string        `yaml:"ignored"`
		Needs   []CanonicalNeed `yaml:"needs"`
	}
	var kinds struct {
		Kinds []Kind `yaml:"kinds"`
	}
	var report struct {
		Title   []string       `yaml:"title"`
		Columns []commonColumn `yaml:"columns"`
		Form    []string       `yaml:"form"`
	}
	mustRead("common/needs.yaml", &needs)
	mustRead("common/kinds.yaml", &kinds)
	mustRead("common/report.yaml", &report)
	return commonData{needs.Ignored, needs.Needs, kinds.Kinds, report.Title, report.Columns, report.Form}
})

// mustRead reads a file of the binary itself; that it can be read is tested.
func mustRead(name string, into any) {
	b, err := procedures.FS.ReadFile(name)
	if err == nil {
		d := yaml.NewDecoder(bytes.NewReader(b))
		d.KnownFields(true)
		err = d.Decode(into)
	}
	if err != nil {
		panic(fmt.Sprintf("procedure: %s: %v", name, err))
	}
}

// Canonical gives the needs that bodies share, in their order: eight named ones and «other».
func Canonical() []CanonicalNeed { return slices.Clone(common().needs) }

// KnownKinds gives the kinds of channels that are recognised for every body, without class and clause: these come from
// the body's own procedure.
func KnownKinds() []Kind { return slices.Clone(common().kinds) }

// KindTitle names a kind of channel: by the procedure, else by the common list; the code itself if neither knows it.
func (p *Procedure) KindTitle(code string) string {
	if k, ok := p.KindByCode(code); ok {
		return k.Title
	}
	for _, k := range common().kinds {
		if k.Code == code {
			return k.Title
		}
	}
	return code
}

// Fields gives the fields that a column of a report may have.
func Fields() []string {
	var fields []string
	for _, c := range common().columns {
		fields = append(fields, c.Field)
	}
	return fields
}
