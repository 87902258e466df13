package feedback

import (
	"slices"

	"perechen/internal/workday"
)

// A Closing is what summing a quarter up comes to.
type Closing struct {
	Result  Result
	Drop    []string // opinions, which are forgotten from then on
	Appeals []string // that are in the result
}

// Close sums up the quarters that are ripe on a day, oldest first. done are those that are summed up already. The opinions
// of a quarter that has too few wait for the next one, whatever year it is in.
func Close(opinions []Opinion, appeals []Appeal, done []Result, t Terms, today string, cal workday.Calendar) []Closing {
	var after Quarter
	for _, r := range done {
		after = max(after, r.Quarter)
	}
	var closings []Closing
	for len(opinions) > 0 {
		first := slices.MinFunc(opinions, func(a, b Opinion) int { return cmpMonth(a.Month, b.Month) }).Month
		q := first.Quarter()
		if q == "" {
			return closings
		}
		if q <= after {
			q = after.Next()
		}
		var c Closing
		for ; t.Ripe(q, today, cal); q = q.Next() {
			if c = sum(opinions, appeals, q, t, cal); len(c.Result.Blocks) > 0 {
				break
			}
		}
		if len(c.Result.Blocks) == 0 {
			return closings
		}
		closings = append(closings, c)
		after = q
		opinions = slices.DeleteFunc(slices.Clone(opinions), func(o Opinion) bool { return slices.Contains(c.Drop, o.ID) })
		appeals = slices.DeleteFunc(slices.Clone(appeals), func(a Appeal) bool { return slices.Contains(c.Appeals, a.ID) })
	}
	return closings
}

func cmpMonth(a, b Month) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// sum sums up what was said until the end of a quarter.
func sum(opinions []Opinion, appeals []Appeal, q Quarter, t Terms, cal workday.Calendar) Closing {
	c := Closing{Result: Result{Quarter: q, Threshold: max(t.Threshold, MinThreshold), Term: t.Days}}
	var of []Opinion
	channel := map[Subject]string{} // a point is in one channel, though it may have moved meanwhile
	for _, o := range opinions {
		if o.Month.Quarter() > q {
			continue
		}
		if was, ok := channel[o.Subject]; !ok || o.Channel < was {
			channel[o.Subject] = o.Channel
		}
		of = append(of, o)
		c.Drop = append(c.Drop, o.ID)
		if c.Result.From == "" || o.Month < c.Result.From {
			c.Result.From = o.Month
		}
	}
	for i := range of {
		of[i].Channel = channel[of[i].Subject]
	}
	blocks, place := SumUp(of, t.Threshold)
	var in []Appeal
	for _, a := range appeals {
		if a.Summed == "" && a.Month.Quarter() <= q {
			in = append(in, a)
			c.Appeals = append(c.Appeals, a.ID)
		}
	}
	repeated := map[string]bool{}
	for _, x := range Clusters(in) {
		for _, id := range x.Appeals {
			repeated[id] = true
		}
	}
	for _, a := range in {
		i, ok := place(a.Subject, a.Need)
		if !ok || a.Text == "" {
			continue
		}
		b := &blocks[i]
		b.Words++
		if repeated[a.ID] {
			b.Repeated++
		}
		if a.State == Considered {
			b.Answered++
			if due := t.Due(a.Month, cal); due == "" || a.Answered <= due {
				b.InTime++
			}
		}
	}
	c.Result.Blocks = blocks
	return c
}
