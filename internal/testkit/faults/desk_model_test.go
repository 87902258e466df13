package faults

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// A deskModel is what a body's desk may look like: points with their labels, proposals with their states, editions. It knows
// nothing of how any of it is kept.
type deskModel struct {
	Points    map[string]string         `json:"points"`
	Proposals map[string]*modelProposal `json:"proposals"`
	Prepared  int                       `json:"prepared"` // number of the prepared edition; 0: none
	Editions  int                       `json:"editions"`
}

type modelProposal struct {
	State     string            `json:"state"`
	Version   int64             `json:"version"`
	Wants     map[string]string `json:"wants"` // label of each point
	Remarks   int               `json:"remarks"`
	Submitted []string          `json:"submitted"` // what was wanted at each submission
}

// A deskStep is one thing that a person does at the desk.
type deskStep struct {
	Op    string            `json:"op"`
	ID    string            `json:"id,omitempty"`
	Wants map[string]string `json:"wants,omitempty"`
}

// next picks something that may be done. Proposals of their own points never stand in each other's way, so everything that
// is picked must succeed.
func (m *deskModel) next(newID func() string) deskStep {
	var open, submitted []string
	taken := map[string]bool{}
	for id, p := range m.Proposals {
		switch p.State {
		case "draft", "returned":
			open = append(open, id)
		case "submitted":
			submitted = append(submitted, id)
		default:
			continue
		}
		for k := range p.Wants {
			taken[k] = true
		}
	}
	slices.Sort(open)
	slices.Sort(submitted)
	wants := func(keys []string) map[string]string {
		w := map[string]string{}
		for _, k := range keys {
			w[k] = fmt.Sprintf("Кабинет %d", rand.IntN(1e9))
		}
		return w
	}
	for {
		switch roll := rand.IntN(20); {
		case roll < 4 && len(open) < 4:
			var free []string
			for k := range m.Points {
				if !taken[k] {
					free = append(free, k)
				}
			}
			if len(free) == 0 {
				continue
			}
			slices.Sort(free)
			rand.Shuffle(len(free), func(i, j int) { free[i], free[j] = free[j], free[i] })
			return deskStep{"create", newID(), wants(free[:1+rand.IntN(min(len(free), []int{1, 3, 40}[rand.IntN(3)]))])}
		case roll < 6 && len(open) > 0:
			id := open[rand.IntN(len(open))]
			return deskStep{"save", id, wants(slices.Collect(maps.Keys(m.Proposals[id].Wants)))}
		case roll < 11 && len(open) > 0:
			id := open[rand.IntN(len(open))]
			p := m.Proposals[id]
			if p.State == "returned" && p.Submitted[len(p.Submitted)-1] == line(p.Wants) {
				return deskStep{"save", id, wants(slices.Collect(maps.Keys(p.Wants)))} // an answer first
			}
			return deskStep{Op: "submit", ID: id}
		case roll < 15 && len(submitted) > 0:
			return deskStep{Op: "include", ID: submitted[rand.IntN(len(submitted))]}
		case roll < 16 && len(submitted) > 0:
			return deskStep{Op: "return", ID: submitted[rand.IntN(len(submitted))]}
		case roll < 17 && len(open) > 2:
			return deskStep{Op: "withdraw", ID: open[rand.IntN(len(open))]}
		case roll < 19 && m.Prepared == 0:
			return deskStep{Op: "prepare"}
		case m.Prepared != 0:
			return deskStep{Op: "approve"}
		}
	}
}

// after is the model after a step.
func (m *deskModel) after(s deskStep) *deskModel {
	n := m.clone()
	p := n.Proposals[s.ID]
	if p != nil {
		p.Version++
	}
	switch s.Op {
	case "create":
		n.Proposals[s.ID] = &modelProposal{State: "draft", Version: 1, Wants: s.Wants}
	case "save":
		p.Wants = s.Wants
	case "submit":
		p.State, p.Submitted = "submitted", append(p.Submitted, line(p.Wants))
	case "return":
		p.State = "returned"
		p.Remarks++
	case "withdraw":
		p.State = "withdrawn"
	case "include":
		p.State = "included"
		maps.Copy(n.Points, p.Wants)
		n.Prepared = 0 // the log has grown: what was prepared is void
	case "prepare":
		n.Prepared = n.Editions + 1
	case "approve":
		n.Editions, n.Prepared = n.Prepared, 0
	}
	return n
}

func (m *deskModel) clone() *deskModel {
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	n := &deskModel{Points: map[string]string{}, Proposals: map[string]*modelProposal{}}
	if err := json.Unmarshal(raw, n); err != nil {
		panic(err)
	}
	return n
}

// line is a map in one line.
func line(w map[string]string) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(w)) {
		parts = append(parts, k+"="+w[k])
	}
	return strings.Join(parts, ",")
}

// String is the whole model, comparable.
func (m *deskModel) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "points %s\neditions %d, prepared %d\n", line(m.Points), m.Editions, m.Prepared)
	for _, id := range slices.Sorted(maps.Keys(m.Proposals)) {
		p := m.Proposals[id]
		fmt.Fprintf(&b, "%s %s version %d, %d remarks, wants %s, submitted %s\n", id, p.State, p.Version, p.Remarks, line(p.Wants), strings.Join(p.Submitted, " | "))
	}
	return b.String()
}
