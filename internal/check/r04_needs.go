package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// needsListed is R4: needs of rows come from the procedure's list, and an «other» need is not a listed one in other words.
func needsListed(s *scene) {
	if len(s.pr.Needs) == 0 {
		return
	}
	type doubt struct {
		text   string
		need   procedure.Need
		places []register.Place
	}
	var (
		order   []string // wordings in order of first mention
		doubts  = make(map[string]*doubt)
		unknown = make(map[string][]register.Place)
		codes   []string
		none    []*row
		blank   []*row
	)
	for _, r := range s.rows {
		if len(r.Needs) == 0 {
			none = append(none, r)
		}
		for _, ref := range r.Needs {
			need, listed := s.pr.NeedByCode(ref.Code)
			switch {
			case !listed:
				if unknown[ref.Code] == nil {
					codes = append(codes, ref.Code)
				}
				unknown[ref.Code] = append(unknown[ref.Code], s.rowQuoting(r, ref.Text))
			case need.Other && strings.TrimSpace(ref.Text) == "":
				blank = append(blank, r)
			case need.Other:
				n := s.nearestNeed(ref.Text)
				if n == nil {
					continue
				}
				key := strings.Join(s.contentStems(ref.Text), " ")
				if doubts[key] == nil {
					doubts[key] = &doubt{text: ref.Text, need: *n}
					order = append(order, key)
				}
				doubts[key].places = append(doubts[key].places, s.rowQuoting(r, ref.Text))
			}
		}
	}
	clause := s.needsClause()
	for _, key := range order {
		d := doubts[key]
		s.report(note{
			severity: register.Unclear,
			clause:   d.need.Clause,
			places:   append(d.places, s.clause(d.need.Clause, d.need.Text)),
			text: fmt.Sprintf("Потребность %s записана как «другая», но похожа на %s из %s.",
				quoted(d.text), quoted(d.need.Text), ofClause(d.need.Clause)),
			fix:     fmt.Sprintf("Если это одно и то же, напишите как в %s; если нет, отклоните замечание.", atClause(d.need.Clause)),
			id:      []string{"near", key, d.need.Code},
			subject: []string{key, d.need.Text},
		})
	}
	for _, code := range codes {
		name := code
		if t := unknown[code][0].Quote; t != "" {
			name = t
		}
		s.report(note{
			severity: register.Violation,
			clause:   clause,
			places:   unknown[code],
			text:     fmt.Sprintf("Потребности %s нет в списке %s.", quoted(name), ofClause(clause)),
			fix:      fmt.Sprintf("Выберите потребность из %s; если такой нет, отнесите её к другим.", ofClause(clause)),
			id:       []string{"unknown", code},
			byPlaces: true,
		})
	}
	if len(blank) > 0 {
		s.report(note{
			severity: register.Unclear,
			clause:   clause,
			places:   s.placesOf(blank),
			text:     fmt.Sprintf("%s указаны «другие» потребности, но не сказано, какие.", upperFirst(inRows(blank))),
			fix:      "Назовите потребность словами.",
			id:       []string{"blank"},
			byPlaces: true,
		})
	}
	if len(none) > 0 {
		s.report(note{
			severity: register.Violation,
			clause:   clause,
			places:   s.placesOf(none),
			text:     fmt.Sprintf("%s не указана ни одна потребность, а %s требует её для каждой точки.", upperFirst(inRows(none)), theClause(clause)),
			fix:      fmt.Sprintf("Укажите потребности из списка %s.", ofClause(clause)),
			id:       []string{"none"},
			byPlaces: true,
		})
	}
}

// needsSatisfied is R5: one finding for each listed need that no row satisfies. Where a wording that R4 doubts may be
// that need, the finding depends on it.
func needsSatisfied(s *scene) {
	if len(s.rows) == 0 {
		return
	}
	satisfied := make(map[string]bool)
	doubted := make(map[string][]string) // need code → R4 findings
	looked := make(map[string]bool)
	for _, r := range s.rows {
		for _, ref := range r.Needs {
			satisfied[ref.Code] = true
			if need, ok := s.pr.NeedByCode(ref.Code); ok && need.Other && !looked[ref.Text] {
				looked[ref.Text] = true
				if n := s.nearestNeed(ref.Text); n != nil {
					id := register.FindingID("R4", "near", strings.Join(s.contentStems(ref.Text), " "), n.Code)
					doubted[n.Code] = append(doubted[n.Code], id)
				}
			}
		}
	}
	for _, need := range s.pr.Needs {
		if need.Other || satisfied[need.Code] {
			continue
		}
		n := note{
			severity: register.Violation,
			clause:   need.Clause,
			places:   []register.Place{s.clause(need.Clause, need.Text)},
			text:     fmt.Sprintf("Потребность %s названа в %s, но ни одна строка перечня её не удовлетворяет.", quoted(need.Text), atClause(need.Clause)),
			fix:      "Укажите её в строке той точки, куда клиент может с этим обратиться.",
			depends:  doubted[need.Code],
			id:       []string{need.Code},
			subject:  []string{need.Text},
		}
		if len(n.depends) > 0 {
			n.text += " Если похожую «другую» потребность назвать так же, замечание исчезнет."
		}
		s.report(n)
	}
}

// nearestNeed is the listed need that a wording may be, or nil. It is the one that the procedure's own wordings recognise;
// else a wording is near a need if it keeps to the need's own words (two at least, all of them), or says the need and adds
// to it, or shares three fifths of the words with it.
func (s *scene) nearestNeed(text string) *procedure.Need {
	if n, looked := s.near[text]; looked {
		return n
	}
	n := s.lookNear(text)
	s.near[text] = n
	return n
}

func (s *scene) lookNear(text string) *procedure.Need {
	for _, n := range s.match().Needs(text) {
		if !n.Other {
			return &n
		}
	}
	a := stemSet(s.contentStems(text))
	if len(a) < 2 {
		return nil
	}
	var best *procedure.Need
	bestScore := 0.0
	for i := range s.pr.Needs {
		need := &s.pr.Needs[i]
		if need.Other {
			continue
		}
		for _, variant := range alternatives(need.Text) {
			b := stemSet(s.contentStems(variant))
			both := shared(a, b)
			if both < 2 {
				continue
			}
			score := float64(both) / float64(len(a)+len(b)-both)
			if (both == len(a) || both == len(b) || score >= 0.6) && score > bestScore {
				best, bestScore = need, score
			}
		}
	}
	return best
}

// alternatives spells out a need that lists several things: «представление заявления, обращения, жалобы» is also
// «представление обращения» and «представление жалобы».
func alternatives(wording string) []string {
	parts := strings.Split(wording, ",")
	first := lang.Words(parts[0])
	variants := []string{wording}
	if len(parts) == 1 || len(first) < 2 {
		return variants
	}
	head := strings.Join(first[:len(first)-1], " ")
	variants = append(variants, parts[0])
	for _, p := range parts[1:] {
		variants = append(variants, head+" "+p)
	}
	return variants
}

// needsClause is the clause that lists needs.
func (s *scene) needsClause() string { return s.pr.Needs[0].Clause }

func (s *scene) placesOf(rows []*row) []register.Place {
	places := make([]register.Place, 0, len(rows)+2)
	for _, r := range rows {
		places = append(places, s.row(r))
	}
	return places
}
