package segment

import (
	_ "embed"
	"slices"
	"strconv"
	"sync"

	"perechen/internal/register"

	"go.yaml.in/yaml/v3"
)

// A Model is a dictionary that comes with the program: data with its source, which a body may adopt whole or in part.
type Model struct {
	ID         string               `yaml:"id"`
	Title      string               `yaml:"title"`
	Source     string               `yaml:"source"`
	Attributes []register.Attribute `yaml:"-"`
}

//go:embed models.yaml
var modelsFile []byte

// Models are the dictionaries that come with the program.
var Models = sync.OnceValue(func() []Model {
	var file []struct {
		Model      `yaml:",inline"`
		Attributes []struct {
			Key, Type, Title        string
			Values                  []string
			Free, Optional, Several bool
		}
	}
	if err := yaml.Unmarshal(modelsFile, &file); err != nil {
		panic("segment: models.yaml: " + err.Error()) // it is embedded, and a test reads it
	}
	var ms []Model
	for _, f := range file {
		m := f.Model
		for i, a := range f.Attributes {
			m.Attributes = append(m.Attributes, register.Attribute{Key: a.Key, Type: a.Type, Title: a.Title, Values: a.Values, Free: a.Free, Optional: a.Optional, Several: a.Several, Position: i + 1})
		}
		ms = append(ms, m)
	}
	return ms
})

// A Difference is one attribute of two dictionaries: nil where a dictionary does not have it.
type Difference struct {
	Mine, Theirs *register.Attribute
	Same         bool
}

// Compare pairs two dictionaries by the titles of their attributes, in the order of theirs, what is only in mine last.
func Compare(mine, theirs []register.Attribute) []Difference {
	var ds []Difference
	taken := make([]bool, len(mine))
	for i := range theirs {
		d := Difference{Theirs: &theirs[i]}
		k := -1
		for j := range mine {
			if taken[j] || fold(mine[j].Title) != fold(theirs[i].Title) {
				continue
			}
			if k < 0 || fold(mine[j].Type) == fold(theirs[i].Type) {
				k = j
			}
		}
		if k >= 0 {
			taken[k] = true
			d.Mine = &mine[k]
			d.Same = sameMeaning(mine[k], theirs[i])
		}
		ds = append(ds, d)
	}
	for j := range mine {
		if !taken[j] {
			ds = append(ds, Difference{Mine: &mine[j]})
		}
	}
	return ds
}

// sameMeaning tells that two attributes allow the same values, wherever they stand.
func sameMeaning(a, b register.Attribute) bool {
	return fold(a.Type) == fold(b.Type) && a.Free == b.Free && a.Optional == b.Optional && a.Several == b.Several &&
		slices.EqualFunc(a.Values, b.Values, func(x, y string) bool { return fold(x) == fold(y) })
}

// Adopted is the attribute that a dictionary gets when it takes over theirs: mine with their words, or theirs with a key and a
// place of its own.
func Adopted(d Difference, mine []register.Attribute) register.Attribute {
	a := *d.Theirs
	a.Values, a.Printed, a.Source = slices.Clone(a.Values), nil, nil
	if d.Mine != nil {
		a.Key, a.Position = d.Mine.Key, d.Mine.Position
		return a
	}
	a.Key = FreeKey(a.Key, mine)
	a.Position = 1
	for _, m := range mine {
		a.Position = max(a.Position, m.Position+1)
	}
	return a
}

// FreeKey is a key that no attribute has: the one wanted, or with the first free number after it.
func FreeKey(want string, as []register.Attribute) string {
	taken := func(k string) bool {
		return slices.ContainsFunc(as, func(a register.Attribute) bool { return a.Key == k })
	}
	key := want
	for n := 2; taken(key); n++ {
		key = want + "-" + strconv.Itoa(n)
	}
	return key
}
