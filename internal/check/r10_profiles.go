package check

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/segment"
)

// profileValues is R10: attributes and values of profiles come from the dictionary. A clipped value is fine while it can
// mean one entry only («Старшая группа»); one that may mean several is asked about.
func profileValues(s *scene) {
	if len(s.reg.Attributes) == 0 {
		return
	}
	unknown := make(map[string][]register.Place) // attributes the dictionary lacks
	var titles []string
	d := segment.NewDictionary(s.reg.Attributes)
	for _, p := range s.reg.Profiles {
		for _, v := range p.Values {
			place := s.profilePlace(p, v)
			a, ok := d.Attribute(v.Attribute)
			if !ok {
				key := lang.Fold(v.Attribute)
				if unknown[key] == nil {
					titles = append(titles, v.Attribute)
				}
				unknown[key] = append(unknown[key], place)
				continue
			}
			if !a.Free && len(a.Values) > 0 {
				s.lookValue(p, a, v, place)
			}
		}
	}
	for _, title := range titles {
		places := unknown[lang.Fold(title)]
		s.report(note{
			severity: register.Violation,
			clause:   s.appendixOf("profiles"),
			places:   places,
			text:     fmt.Sprintf("Признака %s нет в словаре признаков, а в профилях он указан.", quoted(title)),
			fix:      "Добавьте признак со значениями в словарь или уберите его из профилей.",
			id:       []string{"attribute", lang.Fold(title)},
		})
	}
}

// lookValue reports a value that its attribute does not have. Several values in one cell are looked at one by one.
func (s *scene) lookValue(p register.Profile, a register.Attribute, v register.ProfileValue, place register.Place) {
	n := note{
		severity: register.Violation,
		clause:   s.appendixOf("profiles"),
		places:   []register.Place{place},
		id:       []string{"value", p.Key, a.Key},
		subject:  append([]string{v.Value}, a.Values...),
	}
	var faults, advice []string
	severity := register.Form
	for part := range strings.SplitSeq(v.Value, ";") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		fault, fix, weight := findValue(part, a.Values)
		if fault != "" {
			faults, advice = append(faults, fault), append(advice, fix)
			if severity != register.Violation {
				severity = weight
			}
		}
	}
	if strings.HasSuffix(strings.TrimSpace(v.Value), ";") {
		faults, advice = append(faults, "в конце стоит лишняя точка с запятой"), append(advice, "уберите точку с запятой")
	}
	if len(faults) == 0 {
		return
	}
	n.severity = severity
	n.places = append(n.places, s.attributePlace(a))
	n.text = fmt.Sprintf("Профиль %s, признак %s: %s.", quoted(p.Title), quoted(v.Attribute), strings.Join(faults, "; "))
	n.fix = upperFirst(strings.Join(advice, "; ")) + "."
	s.report(n)
}

// findValue looks one value up. An empty fault means that the dictionary has it, whole or clipped without doubt.
func findValue(value string, values []string) (fault, fix string, severity register.Severity) {
	want := lang.Fold(value)
	for _, v := range values {
		if lang.Fold(v) == want {
			return "", "", ""
		}
	}
	if b, ok := segment.ParseBand(value); ok {
		if fault, fix, isBand := findBand(b, values); isBand {
			if fault == "" {
				return "", "", ""
			}
			return fault, fix, register.Violation
		}
	}
	stems := stemSet(segment.Content(value))
	var near []string
	for _, v := range values {
		have := stemSet(segment.Content(v))
		if both := shared(stems, have); both > 0 && (both == len(stems) || both == len(have) && len(have) > 1) {
			if len(stems) == len(have) && both == len(stems) {
				return "", "", ""
			}
			near = append(near, quoted(v))
		}
	}
	switch len(near) {
	case 0:
		return fmt.Sprintf("значения %s нет в словаре", quoted(value)), "выберите значение из словаря или добавьте его туда", register.Violation
	case 1:
		return "", "", ""
	}
	return fmt.Sprintf("значение %s может значить %s", quoted(value), orList(near)), "укажите значение полностью", register.Unclear
}

// findBand looks a band up among bands; isBand is false if the attribute has none.
func findBand(b segment.Band, values []string) (fault, fix string, isBand bool) {
	var meets []string
	for _, v := range values {
		o, ok := segment.ParseBand(v)
		if !ok || o.Single {
			continue
		}
		isBand = true
		if b.Same(o) {
			return "", "", true
		}
		if b.Within(o) {
			return fmt.Sprintf("%s нет среди полос словаря, это часть полосы %s", quoted(b.Text), quoted(o.Text)),
				fmt.Sprintf("укажите полосу %s", quoted(o.Text)), true
		}
		if stretch, _, _ := b.Meets(o); stretch {
			meets = append(meets, quoted(o.Text))
		}
	}
	switch len(meets) {
	case 0:
		return fmt.Sprintf("%s нет среди полос словаря", quoted(b.Text)), "выберите полосу из словаря", isBand
	case 1:
		return fmt.Sprintf("%s нет среди полос словаря, ближе всех полоса %s", quoted(b.Text), meets[0]), "выберите полосу из словаря", isBand
	}
	return fmt.Sprintf("%s нет среди полос словаря, это значение задевает полосы %s", quoted(b.Text), andList(meets)),
		"выберите одну полосу из словаря", isBand
}

// appendixOf is the part of the order that holds the appendix of a kind, for findings on what stands in it.
func (s *scene) appendixOf(kind string) string {
	for _, a := range s.pr.Appendices {
		if a.Kind == kind && a.Clause != "" {
			return a.Clause
		}
	}
	return appendixClause
}

func (s *scene) profilePlace(p register.Profile, v register.ProfileValue) register.Place {
	place := register.Place{Text: "профиль: " + p.Title, Kind: register.KindProfile, Key: p.Key, Quote: v.Attribute + ": " + v.Value, Source: p.Source}
	s.spot[keyOf(place)] = p.Position
	return place
}

func (s *scene) attributePlace(a register.Attribute) register.Place {
	place := register.Place{Text: "словарь признаков: " + a.Title, Kind: register.KindAttribute, Key: a.Key, Source: a.Source}
	s.spot[keyOf(place)] = a.Position
	return place
}
