package check

import (
	"strings"
	"sync"

	"perechen/internal/lang"
	"perechen/internal/procedure"
	"perechen/internal/register"
)

// A scene is the input made ready for looking: what is in force, joined and indexed, so that every rule runs in time
// proportional to the register.
type scene struct {
	reg *register.Register
	pr  *procedure.Procedure
	on  register.Date
	in  Input

	rows      []*row // usages in force, in report order
	points    map[string]*register.Touchpoint
	processes map[string]*register.Process
	rowsOf    map[string][]int // touchpoint key → indexes of rows
	rowsIn    map[string][]int // process key → indexes of rows
	declared  map[string]procedure.DeclaredPoint
	kinds     map[string]procedure.Kind
	used      map[string]bool // keys of declared points that some row uses
	usedKinds map[string]bool // kinds of points that some row uses
	clauseAt  map[string]int  // clause number → place in the order's text

	orderPassages func() []passage // of the order's own text; read once for all who look
	passages      func() []passage // and of the register after them

	eye
}

// An eye is what one who looks at a scene keeps for itself; see another.
type eye struct {
	hours   []statement // what statements has gathered
	folds   map[string]string
	near    map[string]*procedure.Need // what nearestNeed has found, by wording
	matcher *procedure.Matcher         // made when first needed, see match
	said    []string                   // texts of the places of rows, once made

	rule  string
	found []register.Finding
	spot  map[spotKey]int // where a place stands within its clause or list
}

// A row is a usage in force with what it joins. A point or process that is not there is an empty one.
type row struct {
	*register.Usage
	number     int // as the report counts it
	point      *register.Touchpoint
	process    *register.Process
	hasPoint   bool
	hasProcess bool
	at         int // among the usages of the register
}

func newScene(in Input) *scene {
	if in.Register == nil {
		in.Register = &register.Register{}
	}
	if in.Procedure == nil {
		in.Procedure = &procedure.Procedure{}
	}
	s := &scene{
		reg: in.Register, pr: in.Procedure, on: in.On, in: in,
		points:    make(map[string]*register.Touchpoint, len(in.Register.Touchpoints)),
		processes: make(map[string]*register.Process, len(in.Register.Processes)),
		rowsOf:    make(map[string][]int, len(in.Register.Touchpoints)),
		rowsIn:    make(map[string][]int, len(in.Register.Processes)),
		declared:  make(map[string]procedure.DeclaredPoint, len(in.Procedure.Declared)),
		kinds:     make(map[string]procedure.Kind, len(in.Procedure.Kinds)),
		used:      make(map[string]bool),
		usedKinds: make(map[string]bool),
		clauseAt:  make(map[string]int),
	}
	s.orderPassages = sync.OnceValue(s.readOrder)
	s.passages = sync.OnceValue(s.readAll)
	if s.on == "" && !s.reg.Time.IsZero() {
		s.on = register.DateOf(s.reg.Time)
	}
	for i, c := range s.pr.Clauses {
		if _, seen := s.clauseAt[c.Number]; !seen {
			s.clauseAt[c.Number] = i
		}
	}
	for _, k := range s.pr.Kinds {
		s.kinds[k.Code] = k
	}
	for _, d := range s.pr.Declared {
		s.declared[d.Key] = d
	}
	declared := s.declaredByContact()
	for i := range s.reg.Touchpoints {
		t := &s.reg.Touchpoints[i]
		if t.Declared == "" && len(declared) > 0 {
			if key := declared[contactID(t.Kind, t.Value)]; key != "" {
				tied := *t
				tied.Declared = key
				t = &tied
			}
		}
		s.points[t.Key] = t
	}
	for i := range s.reg.Processes {
		s.processes[s.reg.Processes[i].Key] = &s.reg.Processes[i]
	}
	joined := make([]row, len(s.reg.Usages))
	s.rows = make([]*row, 0, len(joined))
	for i := range joined {
		u, r := &s.reg.Usages[i], &joined[i]
		if !s.inForce(u.From, u.To) {
			continue
		}
		s.join(r, u, i)
		s.rowsOf[u.Touchpoint] = append(s.rowsOf[u.Touchpoint], len(s.rows))
		s.rowsIn[u.Process] = append(s.rowsIn[u.Process], len(s.rows))
		s.rows = append(s.rows, r)
		s.usedKinds[r.point.Kind] = true
		if d, ok := s.declaredOf(*r.point); ok {
			s.used[d.Key], s.usedKinds[d.Kind] = true, true
		}
	}
	return s
}

// another gives the same scene to one more who looks at it.
func (s *scene) another() *scene {
	a := *s
	a.eye = eye{
		folds: make(map[string]string),
		near:  make(map[string]*procedure.Need),
		said:  make([]string, len(s.reg.Usages)),
		spot:  make(map[spotKey]int),
	}
	return &a
}

// join makes a row of the usage that stands at index i.
func (s *scene) join(r *row, u *register.Usage, i int) {
	r.Usage, r.at, r.number = u, i, u.Position
	if r.number == 0 {
		r.number = i + 1
	}
	if r.point, r.hasPoint = s.points[u.Touchpoint]; !r.hasPoint {
		r.point = &register.Touchpoint{}
	}
	if r.process, r.hasProcess = s.processes[u.Process]; !r.hasProcess {
		r.process = &register.Process{}
	}
}

// match recognises needs and topics in words, by the procedure's own rules.
func (s *scene) match() *procedure.Matcher {
	if s.matcher == nil {
		s.matcher = procedure.NewMatcher(s.pr)
	}
	return s.matcher
}

// inForce tells whether something valid from–to counts on the day of the check. Both ends belong to the validity.
func (s *scene) inForce(from, to register.Date) bool {
	return s.on == "" || (from == "" || from <= s.on) && (to == "" || s.on <= to)
}

// declaredByContact finds the declared point of a contact, for points that nobody has tied to the procedure by key.
func (s *scene) declaredByContact() map[string]string {
	m := make(map[string]string)
	for _, d := range s.pr.Declared {
		if id := contactID(d.Kind, d.Value); id != "" {
			m[id] = d.Key
		}
	}
	return m
}

// contactID brings the ways of printing one contact together: «8 (8672) 64-90-22» and «+7 8672 649022», an address with
// and without «https://», «www.» and the last slash. It is empty where there is no contact.
func contactID(kind, value string) string {
	v := lang.Fold(value)
	if v == "" {
		return ""
	}
	if digits := figures(v); len(digits) >= 5 && strings.Trim(v, "0123456789+-() .") == "" {
		if len(digits) == 11 && (digits[0] == '8' || digits[0] == '7') {
			digits = digits[1:]
		}
		return kind + " " + digits
	}
	v = strings.TrimSuffix(v, "/")
	for _, prefix := range []string{"http://", "https://", "mailto:", "www."} {
		v = strings.TrimPrefix(v, prefix)
	}
	return kind + " " + v
}

func figures(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// classOf is what procedure.ClassOf says, read from the indexes.
func (s *scene) classOf(t register.Touchpoint) (register.Class, string) {
	if d, ok := s.declaredOf(t); ok {
		return d.Class, d.Clause
	}
	k := s.kinds[t.Kind]
	return k.Class, k.Clause
}

// declaredOf is the declared point that a point of the register is.
func (s *scene) declaredOf(t register.Touchpoint) (procedure.DeclaredPoint, bool) {
	d, ok := s.declared[t.Declared]
	return d, ok && t.Declared != ""
}

// declaredClauses are the clauses that name points, in order and without repeats; class narrows them, "" does not.
func (s *scene) declaredClauses(class register.Class) []string {
	var clauses []string
	seen := make(map[string]bool)
	for _, d := range s.pr.Declared {
		if (class == "" || d.Class == class) && d.Clause != "" && !seen[d.Clause] {
			seen[d.Clause] = true
			clauses = append(clauses, d.Clause)
		}
	}
	return clauses
}
