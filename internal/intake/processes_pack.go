package intake

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"io"

	"perechen/internal/register"
)

// packLimit bounds what a packed реестр unfolds to.
const packLimit = 32 << 20

// packedRegister is a ProcessRegister with what only this package sees of it.
type packedRegister struct {
	File     string             `json:"file"`
	Format   string             `json:"format"`
	Act      *register.Act      `json:"act,omitempty"`
	Rows     []packedProcess    `json:"rows"`
	Findings []register.Finding `json:"findings"`
	Skipped  []Skipped          `json:"skipped"`
}

type packedProcess struct {
	Process register.Process `json:"process"`
	Source  *register.Source `json:"source,omitempty"`
	Said    map[field]string `json:"said,omitempty"`
}

// Pack writes the реестр as a short text, for whoever must hold it until a person has looked at it.
func (d *ProcessRegister) Pack() string {
	p := packedRegister{File: d.File, Format: d.Format, Act: d.Act, Findings: d.Findings, Skipped: d.Skipped}
	for i, x := range d.Processes {
		p.Rows = append(p.Rows, packedProcess{x, d.places[i], d.acts[i]})
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(p); err != nil {
		panic("intake: a register of processes that cannot be encoded: " + err.Error())
	}
	z.Close() // into memory
	return base64.RawURLEncoding.EncodeToString(b.Bytes())
}

// UnpackProcesses reads what Pack has written. It comes from outside: it may say anything that a file might, and no more.
// ok is false when it is not such a text.
func UnpackProcesses(text string, departments []register.Department) (d *ProcessRegister, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, false
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, false
	}
	body, err := io.ReadAll(io.LimitReader(z, packLimit+1))
	if err != nil || len(body) > packLimit {
		return nil, false
	}
	var p packedRegister
	if json.Unmarshal(body, &p) != nil {
		return nil, false
	}
	d = &ProcessRegister{File: p.File, Format: p.Format, Act: p.Act, Findings: p.Findings, Skipped: p.Skipped, Processes: []register.Process{}, dept: departments}
	known := map[string]bool{"": true}
	for _, x := range departments {
		known[x.Key] = true
	}
	keys, seen := newKeyring(), map[string]bool{}
	for _, row := range p.Rows {
		x := row.Process
		id := ident(x.Title)
		if x.Title != oneLine(x.Title) || id == "" || seen[id] || !known[x.Department] || x.Scope != "" && x.Scope != register.ScopeInter && x.Scope != register.ScopeIntra {
			return nil, false
		}
		for _, day := range []register.Date{x.From, x.To} {
			if _, good := day.Time(); day != "" && !good {
				return nil, false
			}
		}
		seen[id] = true
		x.Key, x.Position = keys.take(wordKey(id, 40)), len(d.Processes)+1
		d.Processes, d.places, d.acts = append(d.Processes, x), append(d.places, row.Source), append(d.acts, row.Said)
	}
	return d, len(d.Processes) > 0
}

// ProcessKey is a key for a new process of the register.
func ProcessKey(r *register.Register, title string) string {
	keys := newKeyring()
	for _, p := range r.Processes {
		keys.used[p.Key] = true
	}
	return keys.take(wordKey(ident(title), 40))
}

// DepartmentKey is a key for a new department of the register.
func DepartmentKey(r *register.Register, title string) string {
	keys := newKeyring()
	for _, d := range r.Departments {
		keys.used[d.Key] = true
	}
	return keys.take(wordKey(ident(title), 40))
}

// SameName tells whether two names are one but for letter case, layout, punctuation and Latin letters among Russian ones.
func SameName(a, b string) bool { return ident(a) == ident(b) }
