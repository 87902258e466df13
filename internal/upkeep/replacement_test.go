package upkeep_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/upkeep"
)

// leaving are the changes that exclude a point with its rows and name what stands in its place.
func leaving(o *office, key, by string) []upkeep.ProposedChange {
	o.Helper()
	subject := func(kind register.Kind, key string) upkeep.Subject {
		s, err := o.Subject(o.ctx, upkeep.Actor{}, o.slug, kind, key)
		if err != nil {
			o.Fatal(err)
		}
		return s
	}
	out := func(kind register.Kind, key string) upkeep.ProposedChange {
		return upkeep.ProposedChange{Change: register.Change{Op: register.Exclude, Kind: kind, Key: key}, Base: subject(kind, key).Base}
	}
	cs := []upkeep.ProposedChange{out(register.KindTouchpoint, key)}
	for _, u := range o.state().UsagesOf(key) {
		cs = append(cs, out(register.KindUsage, u.Key))
	}
	if x, ok := upkeep.Replacing(subject(register.KindReplacement, register.ReplacementKey(register.KindTouchpoint, key)), register.KindTouchpoint, key, by); ok {
		cs = append(cs, x)
	}
	return cs
}

// newPoint is a point that nothing uses yet.
func newPoint(key string) upkeep.ProposedChange {
	t := register.Touchpoint{Key: key, Kind: "phone", Label: "Телефон " + key, Value: "8 (4999) 20-11-99", Position: 90}
	return upkeep.ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: key, Content: register.Encode(t)}}
}

func (o *office) replaced(old string) string {
	o.Helper()
	by, _ := o.state().ReplacedBy(register.KindTouchpoint, old)
	return by
}

func (o *office) excluded(key, by string, more ...upkeep.ProposedChange) {
	o.Helper()
	p := o.save("u-clerk", append(leaving(o, key, by), more...)...)
	if n := len(p.Content.Changes); p.Outline.Exclude+p.Outline.Include >= n && by != "" {
		o.Errorf("a list counts the replacement as a change of its own: %+v of %d", p.Outline, n)
	}
	if _, err := o.include("u-officer", o.submit("u-clerk", p)); err != nil {
		o.Fatal(err)
	}
}

// TestASuccessorComesWithTheExclusion: what replaces a point is named by whoever proposes to exclude it, comes with the inclusion
// and in the same transaction, and is followed through points that go later.
func TestASuccessorComesWithTheExclusion(t *testing.T) {
	o := newCrowd(t)
	o.excluded("t-phone-kadry", "t-first", newPoint("t-first"))
	if by := o.replaced("t-phone-kadry"); by != "t-first" {
		t.Fatalf("the telephone leads to %q", by)
	}
	o.excluded("t-first", "t-second", newPoint("t-second"))
	if by := o.replaced("t-phone-kadry"); by != "t-second" {
		t.Errorf("when its successor goes, it leads to %q", by)
	}
	o.excluded("t-second", "")
	if by := o.replaced("t-phone-kadry"); by != "" {
		t.Errorf("when the last goes without a successor, it leads to %q", by)
	}
	// The first point comes back; the replacement of old is forgotten when it goes for nothing.
	o.direct(newPoint("t-first").Change)
	o.direct(newPoint("t-second").Change)
	o.excluded("t-first", "")
	if by := o.replaced("t-first"); by != "" {
		t.Errorf("what goes for nothing leads to %q", by)
	}
}

// TestReplacementsThatLeadNowhere are refused with a sentence that names the things, and nothing is written.
func TestReplacementsThatLeadNowhere(t *testing.T) {
	o := newCrowd(t)
	o.excluded("t-phone-kadry", "t-first", newPoint("t-first"), newPoint("t-second"))
	head := o.head()
	both := append(leaving(o, "t-first", "t-second"), leaving(o, "t-second", "t-first")...)
	stays := leaving(o, "t-first", "t-second")
	stays = stays[len(stays)-1:]
	for name, c := range map[string]struct {
		changes []upkeep.ProposedChange
		want    string
	}{
		"a circle of two":         {both, "ведут по кругу: «Телефон t-"},
		"a circle with the past":  {leaving(o, "t-first", "t-phone-kadry"), "ведут по кругу: «Телефон t-first: 8 (4999) 20-11-99» → «t-phone-kadry» → «Телефон t-first"},
		"itself":                  {leaving(o, "t-first", "t-first"), "ведут по кругу"},
		"what was never there":    {leaving(o, "t-first", "t-nothing"), "«t-nothing» не останется в перечне"},
		"of something that stays": {append(stays, newPoint("t-third")), "замена называется тому, что исключается"},
	} {
		p := o.save("u-clerk", c.changes...)
		_, err := o.Submit(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version)
		if upkeep.CodeOf(err) != upkeep.CodeInvalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		var fs []upkeep.FieldError
		if ue := (*upkeep.Error)(nil); errors.As(err, &ue) {
			fs = ue.Fields
		}
		if !slices.ContainsFunc(fs, func(f upkeep.FieldError) bool { return f.Field == "by" && f.Kind == register.KindTouchpoint }) {
			t.Errorf("%s: not said at its field: %+v", name, fs)
		}
	}
	// What was fine when it was submitted may be none when it is included: the successor is gone by then.
	p := o.submit("u-clerk", o.save("u-clerk", leaving(o, "t-first", "t-second")...))
	o.direct(register.Change{Op: register.Exclude, Kind: register.KindTouchpoint, Key: "t-second"})
	if _, err := o.include("u-officer", p); upkeep.CodeOf(err) != upkeep.CodeConflict || !strings.Contains(err.Error(), "не останется в перечне") {
		t.Errorf("included though the successor is gone: %v", err)
	}
	if _, ok := o.state().Touchpoint("t-first"); !ok || o.head().N != head.N+1 {
		t.Errorf("half of it was written: %d after %d", o.head().N, head.N)
	}
	// The direct act of the officer is held to the same.
	o.excluded("t-first", "")
	o.refuse("a circle by hand", upkeep.CodeInvalid, func() error {
		return o.Replace(o.ctx, o.as("u-officer"), o.slug, register.KindTouchpoint, "t-first", "t-phone-kadry")
	})
}
