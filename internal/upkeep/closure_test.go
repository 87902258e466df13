package upkeep

import (
	"testing"
	"time"

	"perechen/internal/register"
)

func TestClosuresThatCannotBe(t *testing.T) {
	now := time.Date(2026, 5, 5, 12, 0, 0, 0, time.UTC)
	ok := register.Closure{Touchpoint: "t", From: "2026-05-05", To: "2026-05-05", Reason: "ремонт"}
	for name, c := range map[string]struct {
		change func(*register.Closure)
		field  string
	}{
		"as it should be":      {func(c *register.Closure) {}, ""},
		"without an end":       {func(c *register.Closure) { c.To = "" }, ""},
		"an hour of today":     {func(c *register.Closure) { c.FromTime, c.ToTime = "14:00", "15:00" }, ""},
		"through a night":      {func(c *register.Closure) { c.FromTime, c.To, c.ToTime = "18:00", "2026-05-06", "10:00" }, ""},
		"no such day":          {func(c *register.Closure) { c.From = "2026-02-30" }, "from"},
		"no day":               {func(c *register.Closure) { c.From = "" }, "from"},
		"backwards":            {func(c *register.Closure) { c.To = "2026-05-04" }, "to"},
		"backwards by a clock": {func(c *register.Closure) { c.FromTime, c.ToTime = "15:00", "15:00" }, "totime"},
		"over":                 {func(c *register.Closure) { c.From, c.To = "2026-05-01", "2026-05-04" }, "to"},
		"over since an hour":   {func(c *register.Closure) { c.ToTime = "11:00" }, "to"},
		"a wrong year":         {func(c *register.Closure) { c.From, c.To = "2062-05-05", "2062-05-05" }, "from"},
		"no clock":             {func(c *register.Closure) { c.FromTime = "25:00" }, "fromtime"},
		"a time without a day": {func(c *register.Closure) { c.To, c.ToTime = "", "15:00" }, "to"},
		"no reason":            {func(c *register.Closure) { c.Reason = "" }, "reason"},
	} {
		x := ok
		c.change(&x)
		got := ""
		if wrong := wrongClosure(x, now); len(wrong) > 0 {
			got = wrong[0].Field
		}
		if got != c.field {
			t.Errorf("%s: wrong is %q, want %q", name, got, c.field)
		}
	}
}
