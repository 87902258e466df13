package register

import "strings"

// The scopes of the реестр межведомственных и внутриведомственных процессов.
const (
	ScopeInter = "межведомственный"
	ScopeIntra = "внутриведомственный"
)

// InForce tells whether the process stands in the реестр процессов on that day: nobody took it out, or only from a later
// day on.
func (p Process) InForce(day Date) bool {
	return p.Excluded == nil || p.To != "" && day != "" && day < p.To
}

// Text is the act in one line, as documents cite it: «приказ Комитета № 9-р от 16.02.2026 «О перечне»»; empty for the zero
// act. The spaces after № and «от» do not break.
func (a Act) Text() string {
	const nbsp = "\u00a0"
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(a.Kind)
	add(a.Issuer)
	if n := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(a.Number), "№")); n != "" {
		add("№" + nbsp + n)
	}
	if d := a.Date; len(d) == len("2026-02-16") {
		add("от" + nbsp + string(d[8:]) + "." + string(d[5:7]) + "." + string(d[:4]))
	} else if d != "" {
		add("от" + nbsp + string(d))
	}
	if t := a.Title; t != "" && !strings.HasPrefix(t, "«") {
		add("«" + t + "»")
	} else {
		add(t)
	}
	return strings.Join(parts, " ")
}
