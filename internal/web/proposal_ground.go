package web

import (
	"net/url"
	"slices"
	"strings"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Grounds of a proposal, as its form offers them: what the changes themselves say (groundAuto), one of the procedure's own,
// that facts of a point changed (groundFacts), or other words (groundOwn).
const (
	groundAuto  = "auto"
	groundFacts = "facts"
	groundOwn   = "own"
)

// readGround takes the ground that was chosen.
func (r *request) readGround(sh *sheet, v url.Values) error {
	if !v.Has("ground") {
		return nil
	}
	words, act := clean(v.Get("groundtext")), clean(v.Get("groundact"))
	var g register.Ground
	switch code := v.Get("ground"); code {
	case groundAuto:
		g = r.groundOf(sh)
	case groundFacts:
		g = r.factsGround()
	case groundOwn:
		g = register.Ground{Text: words}
		if words != "" {
			g.Clause = r.snap.proc.Actualise.Clause
		}
		words = ""
	default:
		i := slices.IndexFunc(r.snap.proc.Actualise.Grounds, func(x procedure.Ground) bool { return x.Code == code })
		if i < 0 {
			return badChoice("log.why", code)
		}
		g = grounded(r.snap.proc.Actualise.Grounds[i])
	}
	if words != "" {
		g.Text += groundSep + words
	}
	g.Act = act
	sh.ground = g
	return nil
}

// groundSep parts a ground of the list from the words added to it.
const groundSep = "; "

func grounded(x procedure.Ground) register.Ground {
	return register.Ground{Clause: x.Clause, Text: x.Text}
}

// factsGround is for a change of facts that no case of the clause names: another telephone.
func (r *request) factsGround() register.Ground {
	return register.Ground{Clause: r.snap.proc.Actualise.Clause, Text: "изменились сведения о точке взаимодействия"}
}

// groundOf is what the changes of a sheet say of their ground: a change of kind and one of needs are cases of their own
// wherever the procedure has them.
func (r *request) groundOf(sh *sheet) register.Ground {
	code := ""
	for _, p := range sh.points {
		if p.out || p.from == nil || p.from.Kind != p.Kind {
			code = "kind"
		}
		for _, u := range p.usages {
			if code == "" && (u.out || u.from == nil || !slices.Equal(u.from.NeedCodes(), u.NeedCodes())) {
				code = "needs"
			}
		}
	}
	for _, c := range sh.others {
		if c.Kind == register.KindProcess {
			code = "process"
		}
	}
	for _, x := range r.snap.proc.Actualise.Grounds {
		if x.Code == code {
			return grounded(x)
		}
	}
	return r.factsGround()
}

// groundOptions offers the grounds with the one of the sheet chosen; words are those that were added to it.
func (r *request) groundOptions(sh *sheet) (os []option, words string) {
	g := sh.ground
	chosen := ""
	matches := func(x register.Ground) bool {
		rest, ok := strings.CutPrefix(g.Text, x.Text)
		if !ok || g.Clause != x.Clause || rest != "" && !strings.HasPrefix(rest, groundSep) {
			return false
		}
		words = strings.TrimPrefix(rest, groundSep)
		return true
	}
	auto := r.groundOf(sh)
	switch {
	case matches(auto):
		chosen = groundAuto
	case matches(r.factsGround()):
		chosen = groundFacts
	}
	add := func(code, text string) {
		os = append(os, option{Value: code, Text: text, Selected: code == chosen})
	}
	if chosen == "" {
		for _, x := range r.snap.proc.Actualise.Grounds {
			if chosen == "" && matches(grounded(x)) {
				chosen = x.Code
			}
		}
	}
	if chosen == "" {
		chosen, words = groundOwn, g.Text
	}
	add(groundAuto, r.lang.T("ground.auto"))
	for _, x := range r.snap.proc.Actualise.Grounds {
		add(x.Code, cut(groundText(r.lang, grounded(x)), 110))
	}
	add(groundFacts, groundText(r.lang, r.factsGround()))
	add(groundOwn, r.lang.T("ground.own"))
	return os, words
}

func isProcessGround(g procedure.Ground) bool { return g.Code == "process" }
