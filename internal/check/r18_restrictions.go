package check

import (
	_ "embed"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"perechen/internal/lang"
	"perechen/internal/register"
)

// A restriction is a limit that holds for a channel from a day on. It is data: a new law is a new item of the file.
type restriction struct {
	Code   string        `yaml:"code"`
	From   register.Date `yaml:"from"`
	Text   string        `yaml:"text"`
	Source string        `yaml:"source"`
	Detail string        `yaml:"detail"`
	Hosts  []string      `yaml:"hosts"`
	Words  []string      `yaml:"words"`
}

//go:embed restrictions.yaml
var restrictionsFile []byte

var restrictions = sync.OnceValue(func() []restriction {
	var rs []restriction
	mustRead(restrictionsFile, &rs)
	return rs
})

// mustRead reads a file of the binary itself; that it can be read is tested.
func mustRead(data []byte, into any) {
	if err := yaml.Unmarshal(data, into); err != nil {
		panic("check: " + err.Error())
	}
}

// restrictedKinds are the kinds of channels that the file speaks of. A word alone means nothing outside them: a mailbox or
// a room may have any name.
var restrictedKinds = []string{"social", "messenger", "video", "site", "portal"}

// channelsRestricted is R18: one question for each point whose channel is restricted on the day of the check.
func channelsRestricted(s *scene) {
	if s.on == "" {
		return
	}
	for _, r := range restrictions() {
		if s.on < r.From {
			continue
		}
		asked := make(map[string]bool) // declared points asked about with their register's point
		for _, t := range s.reg.Touchpoints {
			t = *s.points[t.Key]
			if !s.inForce(t.From, t.To) || !r.concerns(t.Kind, t.Label, t.Value) {
				continue
			}
			places := s.rowPlaces(s.rowsOf[t.Key])
			if len(places) == 0 {
				places = []register.Place{s.point(t, t.Value)}
			}
			if d, ok := s.declaredOf(t); ok {
				asked[d.Key] = true
				places = append(places, s.declaredPlace(d))
			}
			_, clause := s.classOf(t)
			s.askRestricted(r, t.Text(), clause, places, t.Declared, t.Key)
		}
		for _, d := range s.pr.Declared {
			if !asked[d.Key] && r.concerns(d.Kind, d.Label, d.Value) {
				s.askRestricted(r, declaredText(d), d.Clause, []register.Place{s.declaredPlace(d)}, d.Key, "")
			}
		}
	}
}

// askRestricted reports under the declared point's key where there is one, so that the question stays the same when the
// point comes into use.
func (s *scene) askRestricted(r restriction, name, clause string, places []register.Place, declared, key string) {
	if declared != "" {
		key = "declared " + declared
	}
	n := note{
		severity: register.Unclear,
		clause:   clause,
		places:   places,
		text: fmt.Sprintf("С %s %s (%s): проверьте, подпадает ли под это точка %s.", lang.Date(string(r.From)), r.Text, r.Source,
			quoted(name)),
		fix:     "Если подпадает, исключите точку или замените её; если нет, отклоните замечание и запишите почему.",
		id:      []string{r.Code, key},
		subject: []string{name, r.Source},
	}
	if r.Detail != "" {
		n.fix += " " + upperFirst(r.Detail) + "."
	}
	s.report(n)
}

// concerns tells whether a point may be of the restricted channel: by its address, or where it has none by its name.
func (r restriction) concerns(kind, label, value string) bool {
	if !slices.Contains(restrictedKinds, kind) {
		return false
	}
	if host := hostOf(value); host != "" {
		return slices.ContainsFunc(r.Hosts, func(h string) bool { return host == h || strings.HasSuffix(host, "."+h) })
	}
	return slices.ContainsFunc(lang.Words(label+" "+value), func(w string) bool { return slices.Contains(r.Words, w) })
}

// hostOf is the host of an address, with or without a scheme, without «www.»; "" if the value is no address.
func hostOf(value string) string {
	v := strings.TrimSpace(value)
	if v == "" || strings.ContainsAny(v, " @") || !strings.Contains(v, ".") {
		return ""
	}
	if !strings.Contains(v, "://") {
		v = "https://" + v
	}
	u, err := url.Parse(v)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
