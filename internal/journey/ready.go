package journey

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"go.yaml.in/yaml/v3"

	"perechen/procedures"
)

// A Ready journey is shipped with the program, or kept by somebody as a file of the same form. It is bound to needs, kinds of
// channels and words, never to the keys of a body, so that any body may take it as the beginning of its own (Take).
type Ready struct {
	ID      string   `yaml:"id"` // also the file's name
	Title   string   `yaml:"title"`
	About   string   `yaml:"about"`
	Sources []Source `yaml:"sources"`

	Profile   []string            `yaml:"profile"`   // words by which the client's profile is recognised
	Processes map[string]Slot     `yaml:"processes"` // by a name that the steps use
	Places    map[string][]string `yaml:"places"`    // words by which points of one department are recognised
	Journeys  []ReadyJourney      `yaml:"journeys"`  // as it is, and as it should be
}

// A Source is where a ready journey is taken from: the words of an order.
type Source struct {
	Order string `yaml:"order"` // id of a procedure
	Quote string `yaml:"quote"`
}

// A Slot is a process to be found by its title. Words are rules: a rule holds when all of its words stand in the title, in any
// form. A required one that is not found is said to whoever takes the journey.
type Slot struct {
	Title    string   `yaml:"title"`
	Required bool     `yaml:"required"`
	Words    []string `yaml:"words"`
}

// A ReadyJourney is one state of a Ready.
type ReadyJourney struct {
	State  string       `yaml:"state"`
	Title  string       `yaml:"title"`
	Note   string       `yaml:"note"`
	Stages []ReadyStage `yaml:"stages"`
}

// A ReadyStage is a stage of a ReadyJourney.
type ReadyStage struct {
	Title string      `yaml:"title"`
	Steps []ReadyStep `yaml:"steps"`
}

// A ReadyStep is a step of a ReadyStage.
type ReadyStep struct {
	Action    string    `yaml:"action"`
	Need      string    `yaml:"need"`
	Through   []Through `yaml:"through"`
	Documents []string  `yaml:"documents"`
	Duration  string    `yaml:"duration"`
	Pain      string    `yaml:"pain"`
	Weight    string    `yaml:"weight"`
}

// Through says where a step is done: outside, or through usages of a process that satisfy a need or say some words, by points
// of some kinds; failing these through points of these kinds, of the place or of nobody in particular.
type Through struct {
	Process string   `yaml:"process"`
	Need    string   `yaml:"need"`
	Words   []string `yaml:"words"`
	Place   string   `yaml:"place"`
	Kinds   []string `yaml:"kinds"` // codes, the likeliest first
	Outside string   `yaml:"outside"`
}

// Shipped are the journeys that the program carries, by their ids. That they can be read is tested.
var Shipped = sync.OnceValue(func() []Ready {
	names, err := fs.Glob(procedures.FS, "journeys/*.yaml")
	if err != nil {
		panic(err)
	}
	var out []Ready
	for _, name := range names {
		data, err := procedures.FS.ReadFile(name)
		if err != nil {
			panic(err)
		}
		r, err := ParseReady(path.Base(name), data)
		if err != nil {
			panic(err)
		}
		out = append(out, *r)
	}
	return out
})

// ShippedByID finds one of them.
func ShippedByID(id string) (Ready, bool) {
	all := Shipped()
	i := slices.IndexFunc(all, func(r Ready) bool { return r.ID == id })
	if i < 0 {
		return Ready{}, false
	}
	return all[i], true
}

// ParseReady reads a ready journey. Unknown fields, and slots and places that steps name but the file does not have, are errors.
func ParseReady(name string, data []byte) (*Ready, error) {
	var r Ready
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(&r); err != nil {
		return nil, fmt.Errorf("journey: %s: %w", name, err)
	}
	if r.ID == "" || r.Title == "" || len(r.Journeys) == 0 {
		return nil, fmt.Errorf("journey: %s has no id, no title or no journeys", name)
	}
	for _, j := range r.Journeys {
		for _, s := range j.Stages {
			for _, x := range s.Steps {
				for _, t := range x.Through {
					if _, ok := r.Processes[t.Process]; !ok && t.Process != "" {
						return nil, fmt.Errorf("journey: %s: step «%s» names the process %s, which the file does not have", name, x.Action, t.Process)
					}
					if _, ok := r.Places[t.Place]; !ok && t.Place != "" {
						return nil, fmt.Errorf("journey: %s: step «%s» names the place %s, which the file does not have", name, x.Action, t.Place)
					}
				}
			}
		}
	}
	return &r, nil
}
