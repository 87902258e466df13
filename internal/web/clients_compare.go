package web

import (
	"slices"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// mostCompared is how many profiles stand side by side.
const mostCompared = 4

// comparePage puts profiles side by side, row by row; what differs is marked in words.
type comparePage struct {
	frame
	Profiles []comparedProfile
	Rows     []comparedRow
	Line     string
	Cut      string
	Choices  []option // profiles to choose from, those on the page chosen
}

type comparedProfile struct{ Letter, Href, Title, Group, Findings string }

// A comparedRow is one attribute, or one field, of all profiles; Own marks the body's own words.
type comparedRow struct {
	Name   string
	Own    bool
	Cells  []comparedCell
	Differ bool
}

type comparedCell struct {
	Text string
	Odd  bool // of three or four: it differs while others agree
}

func (s *site) compareProfiles(r *request) (page, error) {
	p := &comparePage{frame: r.frame("clients_compare", "clients", r.lang.T("segments.compare"))}
	var xs []*register.Profile
	for _, key := range r.query["p"] {
		if x := r.snap.profile(key); x != nil && !slices.Contains(xs, x) && key != "" {
			xs = append(xs, x)
		}
	}
	if len(xs) > mostCompared {
		p.Cut = r.lang.T("segments.cut", mostCompared, len(xs))
		xs = xs[:mostCompared]
	}
	for i := range r.snap.reg.Profiles {
		x := &r.snap.reg.Profiles[i]
		p.Choices = append(p.Choices, option{Name: "p", Value: x.Key, Text: x.Title, Selected: slices.Contains(xs, x)})
	}
	if len(xs) < 2 {
		return p, nil
	}
	d := segment.NewDictionary(r.snap.reg.Attributes)
	name := func(title string) string { // one attribute has one name, however profiles call it
		if a, ok := d.Attribute(title); ok {
			return a.Title
		}
		return title
	}
	values := make([]map[string]string, len(xs))
	var order []string
	for i, x := range xs {
		c := comparedProfile{Letter: string([]rune("АБВГ")[i]), Href: p.To("clients", "profiles", x.Key), Title: x.Title, Group: x.Group}
		if n := len(r.snap.about[subject{register.KindProfile, x.Key}]); n > 0 {
			c.Findings = r.lang.Count(n, "fact.findings")
		}
		p.Profiles = append(p.Profiles, c)
		values[i] = map[string]string{}
		for _, v := range x.Values {
			n := name(v.Attribute)
			if values[i][n] != "" {
				v.Value = values[i][n] + "; " + v.Value
			}
			values[i][n] = v.Value
			if !slices.Contains(order, n) {
				order = append(order, n)
			}
		}
	}
	position := map[string]int{}
	for i, a := range r.snap.reg.Attributes {
		position[a.Title] = i + 1
	}
	slices.SortStableFunc(order, func(a, b string) int { // as the dictionary has them, others last
		pa, pb := position[a], position[b]
		if pa == 0 {
			pa = len(position) + 1
		}
		if pb == 0 {
			pb = len(position) + 1
		}
		return pa - pb
	})
	differ := 0
	add := func(name string, own bool, text func(i int) string) {
		row := comparedRow{Name: name, Own: own}
		any := false
		for i := range xs {
			c := comparedCell{Text: text(i)}
			any = any || c.Text != ""
			row.Cells = append(row.Cells, c)
		}
		if !any {
			return
		}
		count := map[string]int{}
		for _, c := range row.Cells {
			count[alike(c.Text)]++
		}
		row.Differ = len(count) > 1
		if row.Differ {
			differ++
			for i, c := range row.Cells {
				row.Cells[i].Odd = count[alike(c.Text)] == 1 && len(count) < len(row.Cells)
			}
		}
		p.Rows = append(p.Rows, row)
	}
	for _, n := range order {
		add(n, true, func(i int) string { return values[i][n] })
	}
	add(r.fieldName("purpose"), false, func(i int) string { return xs[i].Purpose })
	add(r.fieldName("features"), false, func(i int) string { return xs[i].Features })
	add(r.fieldName("inform"), false, func(i int) string { return xs[i].Inform })
	add(r.fieldName("receive"), false, func(i int) string { return xs[i].Receive })
	add(r.lang.T("segments.process"), false, func(i int) string { return r.title("process", xs[i].Process) })
	p.Line = r.lang.T("segments.differ", differ, len(p.Rows))
	return p, nil
}

// alike is a value without what does not tell values apart: case, spaces, how a band is written, the order of several.
func alike(text string) string {
	parts := segment.Names(text)
	for i, v := range parts {
		if b, ok := segment.ParseBand(v); ok {
			v = b.Canonical()
		}
		parts[i] = lang.Fold(v)
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}
