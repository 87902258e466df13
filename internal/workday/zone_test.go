package workday

import (
	"testing"
	"time"
)

func TestZonesAreReadAsPeopleNameThem(t *testing.T) {
	at := time.Date(2026, 3, 31, 15, 30, 0, 0, time.UTC)
	for name, want := range map[string]string{
		"Europe/Moscow": "31.03.2026 18:30", "МСК": "31.03.2026 18:30", "msk": "31.03.2026 18:30", "МСК+7": "01.04.2026 01:30", "МСК−1": "31.03.2026 17:30",
		"Asia/Vladivostok": "01.04.2026 01:30", "Europe/Kaliningrad": "31.03.2026 17:30", "Asia/Kamchatka": "01.04.2026 03:30", "UTC": "31.03.2026 15:30", " Asia/Omsk ": "31.03.2026 21:30",
	} {
		loc, err := Zone(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := at.In(loc).Format("02.01.2006 15:04"); got != want {
			t.Errorf("%s: there it is %s, want %s", name, got, want)
		}
	}
	for _, name := range []string{"", "Local", "Москва", "МСК+40", "+3", "Asia/Nowhere", "../etc/passwd"} {
		if loc, err := Zone(name); err == nil {
			t.Errorf("%q is the zone %v", name, loc)
		}
	}
	for name, hours := range zones { // what the machine knows of them is the same
		loc, err := time.LoadLocation(name)
		if err != nil {
			continue
		}
		for _, day := range []int{1, 180} {
			if _, offset := time.Date(2026, 1, day, 12, 0, 0, 0, loc).Zone(); offset != hours*3600 {
				t.Errorf("%s is %d seconds from UTC, we say %d hours", name, offset, hours)
			}
		}
	}
}
