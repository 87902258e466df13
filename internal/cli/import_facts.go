package cli

import (
	"slices"

	"perechen/internal/intake"
	"perechen/internal/register"
)

// The object of import --json.
type (
	importFacts struct {
		File       string             `json:"file"`
		Format     string             `json:"format"`
		Act        *register.Act      `json:"act,omitempty"`
		Processes  []processFact      `json:"processes"`
		Points     list[pointFact]    `json:"points"`
		Usages     list[usageFact]    `json:"usages"`
		Declared   []pointFact        `json:"declared"`
		Attributes []attributeFact    `json:"attributes,omitempty"`
		Profiles   []register.Profile `json:"profiles,omitempty"`
		Changes    changeCounts       `json:"changes"`
		Items      list[intake.Item]  `json:"items"`
		Findings   []register.Finding `json:"findings"`
		Skipped    []intake.Skipped   `json:"skipped,omitempty"`
	}
	processFact struct {
		Key   string `json:"key"`
		Title string `json:"title"`
	}
	pointFact struct {
		Key        string           `json:"key"`
		Kind       string           `json:"kind"`
		Class      register.Class   `json:"class"`
		Label      string           `json:"label"`
		Value      string           `json:"value"`
		Contact    string           `json:"contact,omitempty"`
		Department string           `json:"department,omitempty"`
		Source     *register.Source `json:"source,omitempty"`
	}
	usageFact struct {
		Process string           `json:"process"`
		Point   string           `json:"point"`
		Needs   []string         `json:"needs"`
		Text    string           `json:"text"`
		Class   register.Class   `json:"class"`
		Source  *register.Source `json:"source,omitempty"`
	}
	changeCounts struct {
		Included int `json:"included"`
		Changed  int `json:"changed"`
		Excluded int `json:"excluded"`
		Moved    int `json:"moved"` // that only changed their place in the report
	}
)

func (im *imported) facts() importFacts {
	d := im.draft
	f := importFacts{File: d.File, Format: d.Format, Act: d.Act, Attributes: attributeFacts(d.Attributes), Profiles: d.Profiles, Skipped: d.Skipped,
		Processes: []processFact{}, Declared: []pointFact{}}
	f.Changes = changeCounts{Included: im.counts.included, Changed: im.counts.changed, Excluded: im.counts.excluded}
	for _, m := range im.plan.Moved {
		f.Changes.Moved += m.Count
	}
	in, rest := im.plan.Included, slices.Concat(im.plan.Changed, im.plan.Excluded, im.plan.Moved)
	f.Items = list[intake.Item]{len(in) + len(rest), func(i int) intake.Item {
		if i < len(in) {
			return in[i]
		}
		return rest[i-len(in)]
	}}
	f.Findings, _ = settle(im.findings)
	titles := map[string]string{}
	for _, p := range d.Processes {
		titles[p.Key] = p.Title
		f.Processes = append(f.Processes, processFact{im.plan.ProcessKey(p.Key), p.Title})
	}
	for _, t := range d.Declared {
		f.Declared = append(f.Declared, im.point(t))
	}
	if f.Points = (list[pointFact]{len(d.Touchpoints), func(i int) pointFact { return im.point(d.Touchpoints[i]) }}); !d.HasTable {
		f.Points = listOf(f.Declared) // they are all that the file brings
	}
	f.Usages = list[usageFact]{len(d.Usages), func(i int) usageFact {
		u := &d.Usages[i]
		return usageFact{titles[u.Process], im.plan.PointKey(u.Touchpoint), u.NeedCodes(), u.Text, u.Printed, u.Source}
	}}
	return f
}

func (im *imported) point(t register.Touchpoint) pointFact {
	class, _ := im.proc.ClassOf(t)
	return pointFact{im.plan.PointKey(t.Key), t.Kind, class, t.Label, t.Value, t.Contact, t.Department, t.Source}
}
