package upkeep_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/internal/testkit"
	"perechen/internal/upkeep"
)

// TestReplaceContactEverywhere: the same telephone stands in several points and in the words of a usage, written in
// several ways.
func TestReplaceContactEverywhere(t *testing.T) {
	o := newCrowd(t)
	include := func(kind register.Kind, key string, v any) register.Change {
		return register.Change{Op: register.Include, Kind: kind, Key: key, Content: register.Encode(v)}
	}
	o.direct(
		include(register.KindTouchpoint, "t-fax", register.Touchpoint{Key: "t-fax", Kind: "phone", Label: "Телефон/факс", Value: "+7 4999 20 11 01", Contact: "+74999201101", Position: 20}),
		include(register.KindTouchpoint, "t-ext", register.Touchpoint{Key: "t-ext", Kind: "phone", Label: "Телефон", Value: "8 (4999) 20-11-01, доб. 105", Contact: "+74999201101;ext=105", Position: 21}),
		include(register.KindTouchpoint, "t-room", register.Touchpoint{Key: "t-room", Kind: "office", Label: "Кабинет 7", Place: "ул. Мира, 1, тел. 8(4999)201101", Position: 22}),
		include(register.KindTouchpoint, "t-two", register.Touchpoint{Key: "t-two", Kind: "phone", Label: "Телефоны", Value: "8 (4999) 20-11-01, 20-11-08 доб. 7, +7 495 123-45-67", Contact: "+74999201101", Position: 24}),
		include(register.KindTouchpoint, "t-near", register.Touchpoint{Key: "t-near", Kind: "phone", Label: "Телефон", Value: "8 (4999) 20-11-011", Position: 23}),
		include(register.KindUsage, "p1.t-room", register.Usage{Key: "p1.t-room", Process: "p1", Touchpoint: "t-room", Client: "internal", Text: "запись на приём по телефону 8 (4999) 20-11-01",
			Needs: []register.NeedRef{{Code: "info", Text: "получение информации"}}, Position: 60}),
	)
	b, err := o.ReplaceContact(o.ctx, o.as("u-clerk"), o.slug, "8-4999-20-11-01", "8 (4999) 30-40-50")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, x := range b.Changes {
		var tp register.Touchpoint
		var u register.Usage
		if x.Kind == register.KindUsage {
			if err := json.Unmarshal(x.Content, &u); err != nil {
				t.Fatal(err)
			}
			got[x.Key] = u.Text
			continue
		}
		if err := json.Unmarshal(x.Content, &tp); err != nil {
			t.Fatal(err)
		}
		got[x.Key] = tp.Value + "|" + tp.Contact + "|" + tp.Place
	}
	want := map[string]string{
		"t-phone-kadry": "8 (4999) 30-40-50|+74999304050|",
		"t-fax":         "8 (4999) 30-40-50|+74999304050|",
		"t-ext":         "8 (4999) 30-40-50, доб. 105|+74999304050;ext=105|",
		"t-two":         "8 (4999) 30-40-50, 8 (4999) 20-11-08 доб. 7, +7 495 123-45-67|+74999304050|",
		"t-room":        "||ул. Мира, 1, тел. 8 (4999) 30-40-50",
		"p1.t-room":     "запись на приём по телефону 8 (4999) 30-40-50",
	}
	for k, w := range want {
		if got[k] != w {
			t.Errorf("%s: %q, want %q", k, got[k], w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("changed %v", got)
	}
	p, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Changes: b.Changes, Ground: ground41}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.include("u-officer", o.submit("u-clerk", p)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][3]string{
		"one that is nowhere":   {"8 (495) 111-22-33", "8 (4999) 30-40-51", "old"},
		"a mailbox for a phone": {"8 (4999) 30-40-50", "a@minprirody.primer.ru", "new"},
		"no contact":            {"8 (4999) 30-40-50", "позвоните", "new"},
		"nothing new":           {"8 (4999) 30-40-50", "", "new"},
		"nothing old":           {"", "8 (4999) 30-40-50", "old"},
		"the same":              {"8 (4999) 30-40-50", "8 (4999) 30-40-50", "new"},
	} {
		_, err := o.ReplaceContact(o.ctx, o.as("u-clerk"), o.slug, c[0], c[1])
		if e, ok := err.(*upkeep.Error); !ok || e.Code != upkeep.CodeInvalid || e.Fields[0].Field != c[2] {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := o.ReplaceContact(o.ctx, o.as("u-reader"), o.slug, "8 (4999) 30-40-50", "8 (4999) 30-40-51"); upkeep.CodeOf(err) != upkeep.CodeRefused {
		t.Errorf("by a reader: %v", err)
	}
	b, err = o.ReplaceContact(o.ctx, o.as("u-clerk"), o.slug, "KADRY@minprirody.primer.ru", "office@minprirody.primer.ru")
	if err != nil || len(b.Changes) != 1 || !strings.Contains(string(b.Changes[0].Content), `"contact":"office@minprirody.primer.ru"`) {
		t.Errorf("a mailbox: %+v, %v", b, err)
	}
}

func TestExcludeProcessWithItsUsages(t *testing.T) {
	o := newCrowd(t)
	b, err := o.ExcludeProcess(o.ctx, o.as("u-clerk"), o.slug, "p3")
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, t := range b.Left {
		left = append(left, t.Key)
	}
	if !slices.Equal(left, []string{"t-phone-it", "t-edms", "t-115"}) {
		t.Errorf("points left without usages: %v", left)
	}
	if _, err := o.ExcludeProcess(o.ctx, o.as("u-clerk"), o.slug, "p3", "t-204"); upkeep.CodeOf(err) != upkeep.CodeInvalid {
		t.Errorf("with a point that others need: %v", err)
	}
	b, err = o.ExcludeProcess(o.ctx, o.as("u-clerk"), o.slug, "p3", "t-115", "t-phone-it")
	if err != nil || len(b.Changes) != 3+1+2 || len(b.Left) != 1 {
		t.Fatalf("%+v, %v", b, err)
	}
	p, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Changes: b.Changes, Ground: ground41}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.include("u-officer", o.submit("u-clerk", p)); err != nil {
		t.Fatal(err)
	}
	r, err := o.l.State(o.ctx, o.slug, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := r.Process("p3"); ok || o.touchpoint("t-115").Key != "" || o.touchpoint("t-edms").Key == "" || len(r.UsagesOf("t-edms")) != 0 {
		t.Error("the process, its usages and the points named are not what is gone")
	}
	if _, err := o.ExcludeProcess(o.ctx, o.as("u-clerk"), o.slug, "p3"); upkeep.CodeOf(err) != upkeep.CodeNotFound {
		t.Errorf("a process that is gone: %v", err)
	}
}

// TestWholePlanAsOneProposal: what a file would change is drawn from the entry it was read against; what has changed since
// is a conflict.
func TestWholePlanAsOneProposal(t *testing.T) {
	o := newCrowd(t)
	n := o.head().N
	big := testkit.Large(600).Register
	var cs []register.Change
	for _, p := range big.Processes[5:] {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindProcess, Key: p.Key, Subject: &p})
	}
	for _, x := range big.Touchpoints[11:] {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: x.Key, Subject: &x})
	}
	for _, u := range big.Usages[15:] {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindUsage, Key: u.Key, Subject: &u})
	}
	var phone register.Touchpoint
	if err := json.Unmarshal(o.phone(newNumber).Content, &phone); err != nil {
		t.Fatal(err)
	}
	cs = append(cs, register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: phone.Key, Subject: &phone})
	o.direct(o.phone(func(t *register.Touchpoint) { t.Label = "Телефон отдела кадров" }).Change)
	changes, err := o.Draw(o.ctx, o.as("u-clerk"), o.slug, n, cs)
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.Save(o.ctx, o.as("u-clerk"), o.slug, upkeep.Draft{ID: upkeep.NewID(), Content: upkeep.Content{Changes: changes, Ground: ground41}})
	if err != nil {
		t.Fatal(err)
	}
	conflicts, err := o.Conflicts(o.ctx, o.as("u-clerk"), o.slug, p.ID)
	if err != nil || len(conflicts) != 1 || conflicts[0].Key != phone.Key {
		t.Fatalf("conflicts %v, %v", conflicts, err)
	}
	c := conflicts[0]
	p, err = o.Resolve(o.ctx, o.as("u-clerk"), o.slug, p.ID, p.Version, []upkeep.Choice{{Kind: c.Kind, Key: c.Key, Seen: c.Seen, Take: upkeep.TakeMerge}})
	if err != nil {
		t.Fatal(err)
	}
	q, err := o.include("u-officer", o.submit("u-clerk", p))
	if err != nil || q.Entries[1]-q.Entries[0]+1 < int64(len(cs)) {
		t.Fatalf("included %+v, %v", q, err)
	}
	if got := o.touchpoint(phone.Key); got.Label != "Телефон отдела кадров" || got.Value != phone.Value {
		t.Errorf("point %+v", got)
	}
}
