package intake

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"perechen/internal/lang"
)

// phonePlans is the numbering plans of the world from libphonenumber (Apache License 2.0), a line for each region: what a
// number must be to be one, and which figures dialled only inside of the country stand before it. The library that carries
// them reads all of them whenever the program starts, whatever for; here they are read when a telephone is met. The file is
// written by a test, which also holds our answers to the library's.
//
//go:embed phoneplans.txt
var phonePlans string

// A phonePlan is the plan of one region. Patterns are made ready when they are first needed.
type phonePlan struct {
	leading   func() *regexp.Regexp // its numbers begin so, where regions share a code; nil for no such rule
	prefix    func() *regexp.Regexp // what is dialled before a number inside of the country; nil for nothing
	transform string                // what stands instead of prefix; empty for nothing
	lengths   []int                 // of a number, sorted
	general   func() *regexp.Regexp
	kinds     func() *regexp.Regexp // of any kind of telephone
}

// plansOf gives the plans of a country code, the main one first; none for a code that is not given out.
var plansOf = sync.OnceValue(func() map[string][]*phonePlan {
	plans := map[string][]*phonePlan{}
	for line := range strings.Lines(phonePlans) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 7 {
			continue
		}
		p := &phonePlan{
			leading: pattern("^(?:", f[1], ")"), prefix: pattern("^(?:", f[2], ")"), transform: f[3],
			general: pattern("^(?:", f[5], ")$"), kinds: pattern("^(?:", f[6], ")$"),
		}
		for n := range strings.SplitSeq(f[4], " ") {
			length, _ := strconv.Atoi(n)
			p.lengths = append(p.lengths, length)
		}
		plans[f[0]] = append(plans[f[0]], p)
	}
	return plans
})

// pattern is the expression of a part of a plan; nil for an empty one.
func pattern(before, text, after string) func() *regexp.Regexp {
	if text == "" {
		return nil
	}
	return lang.Expression(before + text + after)
}

// international gives the canonical form (E.164) of the figures that follow a plus, and whether there is such a number.
func international(figures string) (canon string, ok bool) {
	for i := 1; i <= min(3, len(figures)-1); i++ { // no code begins as another does
		code := figures[:i]
		plans := plansOf()[code]
		if plans == nil {
			continue
		}
		national := plans[0].strip(figures[i:])
		return "+" + code + national, len(national) >= 2 && isNumber(plans, national)
	}
	return "", false
}

// isNumber tells whether national is a number of the region to which it belongs.
func isNumber(plans []*phonePlan, national string) bool {
	for _, p := range plans {
		if len(plans) > 1 && p.leading != nil {
			if p.leading().MatchString(national) {
				return p.has(national)
			}
		} else if p.has(national) {
			return true
		}
	}
	return false
}

func (p *phonePlan) has(national string) bool {
	return p.general().MatchString(national) && p.kinds().MatchString(national)
}

// strip takes off what people write before a number although it is dialled only inside of the country: «+49 (0) 30».
func (p *phonePlan) strip(national string) string {
	if p.prefix == nil {
		return national
	}
	at := p.prefix().FindStringSubmatchIndex(national)
	if at == nil {
		return national
	}
	without := national[at[1]:]
	if groups := len(at)/2 - 1; p.transform != "" && at[2*groups] >= 0 {
		without = p.prefix().ReplaceAllString(national, p.transform)
	}
	if p.general().MatchString(national) && !p.general().MatchString(without) {
		return national
	}
	if n := len(without); !slices.Contains(p.lengths, n) && n <= p.lengths[len(p.lengths)-1] {
		return national
	}
	return without
}
