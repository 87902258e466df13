package check

import (
	"fmt"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// groundsGiven is R24: each change of the register says on what ground it was made, and the ground is a clause of the
// procedure. What came in from an act needs no clause beside it. The last entry of each subject is looked at: the log keeps
// what was written, so a missing ground is mended by entering the change again with one.
func groundsGiven(s *scene) {
	places := make(map[string][]register.Place)
	var order []string
	last := make(map[string]int) // subject → its last entry
	for i, e := range s.in.Entries {
		last[string(e.Kind)+" "+e.Key] = i
	}
	for i, e := range s.in.Entries {
		if last[string(e.Kind)+" "+e.Key] != i {
			continue
		}
		if !grounded[e.Kind] || s.pr.KnowsClause(e.Ground.Clause) {
			continue
		}
		if e.Ground.Clause == "" && e.Op == register.Include && e.Ground.Act != "" {
			continue
		}
		if places[e.Ground.Clause] == nil {
			order = append(order, e.Ground.Clause)
		}
		p := register.Place{Text: fmt.Sprintf("запись %s: %s", lang.Number(e.N), opNames[e.Op]), Kind: e.Kind, Key: e.Key, Quote: e.Ground.Text}
		s.spot[keyOf(p)] = int(e.N)
		places[e.Ground.Clause] = append(places[e.Ground.Clause], p)
	}
	for _, clause := range order {
		count := lang.Count(len(places[clause]), "записи", "записях", "записях")
		n := note{
			severity: register.Violation,
			clause:   s.pr.Actualise.Clause,
			places:   places[clause],
			text:     fmt.Sprintf("В %s журнала не указано основание изменения.", count),
			fix:      fmt.Sprintf("Внесите изменение ещё раз с основанием из %s.", ofClause(s.pr.Actualise.Clause)),
			id:       []string{clause},
			byPlaces: true,
		}
		if clause != "" {
			n.text = fmt.Sprintf("В %s журнала основанием назван пункт %s, которого в Порядке нет.", count, quoted(clause))
		}
		s.report(n)
	}
}

// grounded are the kinds of entries that clause 4.1 is about.
var grounded = map[register.Kind]bool{register.KindProcess: true, register.KindTouchpoint: true, register.KindUsage: true,
	register.KindAttribute: true, register.KindProfile: true}

var opNames = map[register.Op]string{register.Include: "включение", register.Amend: "изменение", register.Exclude: "исключение"}
