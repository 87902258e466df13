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
	if c.Result.Blocks, _ = SumUp(of, t.Threshold); len(c.Result.Blocks) > 0 {
		c.Result.Words, c.Appeals = sumWords(appeals, channel, q, t, cal)
	}
	return c
}

// sumWords sums up the appeals that have words and came until the end of a quarter: how many were considered in time, and how
// many were alike. in are those that need not be looked at again.
func sumWords(appeals []Appeal, channel map[Subject]string, q Quarter, t Terms, cal workday.Calendar) (blocks []Block, in []string) {
	var wrote []Appeal
	var as []Opinion
	for _, a := range appeals {
		switch {
		case a.Summed != "" || a.Month.Quarter() > q:
		case a.Text == "":
			in = append(in, a.ID)
		default:
			wrote = append(wrote, a)
			as = append(as, Opinion{Subject: a.Subject, Channel: channel[a.Subject], Need: a.Need})
		}
	}
	blocks, place := SumUp(as, t.Threshold)
	if len(blocks) == 0 {
		return nil, in
	}
	repeated := map[string]bool{}
	for _, x := range Clusters(wrote) {
		for _, id := range x.Appeals {
			repeated[id] = true
		}
	}
	for i, a := range wrote {
		in = append(in, a.ID)
		at, _ := place(as[i])
		if repeated[a.ID] {
			blocks[at].Repeated++
		}
		if due := t.Due(a.Month, cal); a.State == Considered && (due == "" || a.Answered <= due) {
			blocks[at].InTime++
		}
	}
	return blocks, in
}
