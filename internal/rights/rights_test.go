package rights

import (
	"slices"
	"testing"
	"time"

	"perechen/internal/register"
)

var msk = time.FixedZone("MSK", 3*60*60)

func sample() *register.Register {
	return &register.Register{Appointments: []register.Appointment{
		{Key: "a1", Role: register.RoleOfficer, Account: "u-1", From: "2026-02-16"},
		{Key: "a2", Role: register.RoleOfficer, Account: "u-2", From: "2026-07-01", To: "2026-07-14", Deputy: true},
		{Key: "a3", Role: register.RoleDepartment, Account: "u-3", Department: "kadry"},
		{Key: "a4", Role: register.RoleDepartment, Account: "u-3", Department: "it"},
		{Key: "a5", Role: register.RoleHead, Person: "Петров П.П."},
		{Key: "a6", Role: register.RoleOfficer, Account: "u-4", Department: "it"},
	}}
}

func TestRightsBeginAndEndAtMidnight(t *testing.T) {
	r := sample()
	for _, tt := range []struct {
		at   time.Time
		want bool
	}{
		{time.Date(2026, 6, 30, 23, 59, 59, 0, msk), false},
		{time.Date(2026, 7, 1, 0, 0, 0, 0, msk), true},
		{time.Date(2026, 7, 14, 23, 59, 59, 0, msk), true},
		{time.Date(2026, 7, 15, 0, 0, 0, 0, msk), false},
		{time.Date(2026, 6, 30, 21, 30, 0, 0, time.UTC).In(msk), true}, // 00:30 of the next day where the body is
	} {
		if got := Of(r, "u-2", tt.at).Has(register.RoleOfficer); got != tt.want {
			t.Errorf("at %s the deputy's right = %v, want %v", tt.at, got, tt.want)
		}
	}
	if a, ok := Lapsed(r, "u-2", time.Date(2026, 8, 1, 0, 0, 0, 0, msk)); !ok || a.Key != "a2" {
		t.Errorf("the lapsed appointment = %v %v, want a2", a.Key, ok)
	}
	if _, ok := Lapsed(r, "u-1", time.Date(2026, 8, 1, 0, 0, 0, 0, msk)); ok {
		t.Error("an appointment without end has lapsed")
	}
}

func TestDepartmentAndWholeBody(t *testing.T) {
	r, at := sample(), time.Date(2026, 3, 1, 12, 0, 0, 0, msk)
	officer, clerk := Of(r, "u-1", at), Of(r, "u-3", at)
	if !officer.In(register.RoleOfficer, "kadry") || !officer.In(register.RoleOfficer, "") {
		t.Error("an officer of the whole body has no right in a department")
	}
	if got := Of(r, "u-4", at); got.In(register.RoleOfficer, "kadry") || got.In(register.RoleOfficer, "") || !got.In(register.RoleOfficer, "it") {
		t.Errorf("an officer of one department has %v", got)
	}
	if keys, all := clerk.Departments(register.RoleDepartment); !slices.Equal(keys, []string{"kadry", "it"}) || all {
		t.Errorf("departments = %v %v", keys, all)
	}
	if clerk.Has(register.RoleOfficer, register.RoleHead) || !clerk.Has(register.RoleOfficer, register.RoleDepartment) {
		t.Errorf("the clerk has %v", clerk)
	}
	if gs := Of(r, "", at); !gs.Empty() {
		t.Errorf("nobody has %v: a person appointed without an account gives rights to no one", gs)
	}
	if got := Holders(r, register.RoleOfficer, "it", "2026-07-02"); !slices.Equal(got, []string{"u-1", "u-2", "u-4"}) {
		t.Errorf("officers of the department = %v", got)
	}
}
