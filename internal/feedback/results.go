package feedback

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// Everything that is shown of marks is made of blocks. A block is a group of at least Threshold opinions; no opinion is in
// two blocks, blocks are never cut anew, and whatever number is shown, for a quarter or a year, a point or a need, is a sum
// over whole blocks. So no combination of tables tells anything about fewer than Threshold people: see the test that tries
// them all.

// Mixed stands for an attribute in which the opinions of a block differ.
const Mixed = "*"

// A Block is a group of opinions that is large enough to be shown; or of appeals, of which it counts other things.
type Block struct {
	Kind    string `json:"kind"`            // OfPoint, OfProcess or Mixed
	Channel string `json:"channel"`         // of a point, or Mixed
	Key     string `json:"key"`             // of the point or process, or Mixed
	Need    string `json:"need"`            // code, empty for those who did not say, or Mixed
	Stage   string `json:"stage,omitempty"` // title, empty where there is none or nobody said, or Mixed

	N         int `json:"n"`
	Got       int `json:"got,omitempty"`
	Satisfied int `json:"satisfied,omitempty"`
	InTime    int `json:"in_time,omitempty"`  // of appeals: considered within the term
	Repeated  int `json:"repeated,omitempty"` // of appeals: like another of the same subject
}

// A Result is a quarter summed up. It is made once and never again: what was shown yesterday and what is shown today can not
// be compared to find who came between.
type Result struct {
	Quarter   Quarter `json:"quarter"`
	From      Month   `json:"from"` // of the earliest opinion in it: those of a quarter that had too few wait for the next
	Threshold int     `json:"threshold"`
	Term      int     `json:"term,omitempty"` // working days; 0: there was none
	Blocks    []Block `json:"blocks"`         // none: too few answers, which wait for the next quarter

	// Words are blocks of the appeals that have words, parted for themselves: which opinions they came with is not known, and
	// a figure of those who wrote under five would stand beside one of all. None: too few, which wait for the next quarter.
	Words []Block `json:"words,omitempty"`
}

// N is how many opinions are in the result.
func (r Result) N() int {
	n := 0
	for _, b := range r.Blocks {
		n += b.N
	}
	return n
}

// An attribute of an opinion by which blocks are parted; the first ones first.
type attribute struct {
	of  func(Opinion) string
	set func(*Block, string)
}

var attributes = []attribute{
	{func(o Opinion) string { return o.Kind }, func(b *Block, v string) { b.Kind = v }},
	{func(o Opinion) string { return o.Channel }, func(b *Block, v string) { b.Channel = v }},
	{func(o Opinion) string { return o.Key }, func(b *Block, v string) { b.Key = v }},
	{func(o Opinion) string { return o.Stage }, func(b *Block, v string) { b.Stage = v }},
	{func(o Opinion) string { return o.Need }, func(b *Block, v string) { b.Need = v }},
}

// A part is the opinions of a block, while it is being made.
type part struct {
	block Block
	of    []Opinion
}

// SumUp parts opinions into blocks of at least threshold, in an order that depends on nothing but them; none when there are
// fewer. place says in which block an opinion like this is.
//
// Opinions are parted by one attribute after the other: points and processes, channel, subject, stage, need. Groups that are too
// small are joined; where they are too small even together, the smallest large group joins them.
func SumUp(opinions []Opinion, threshold int) (blocks []Block, place func(Opinion) (int, bool)) {
	threshold = max(threshold, MinThreshold)
	var parts []part
	if len(opinions) >= threshold {
		parts = split(opinions, Block{}, 0, threshold)
	}
	type where struct {
		Subject
		stage, need string
	}
	at := map[where]int{}
	for i, p := range parts {
		p.block.N = len(p.of)
		for _, o := range p.of {
			at[where{o.Subject, o.Stage, o.Need}] = i
			if o.Got {
				p.block.Got++
			}
			if o.Satisfied() {
				p.block.Satisfied++
			}
		}
		blocks = append(blocks, p.block)
	}
	return blocks, func(o Opinion) (int, bool) {
		i, ok := at[where{o.Subject, o.Stage, o.Need}]
		return i, ok
	}
}

func split(of []Opinion, b Block, depth, threshold int) []part {
	if depth == len(attributes) {
		return []part{{b, of}}
	}
	a := attributes[depth]
	groups := map[string][]Opinion{}
	for _, o := range of {
		groups[a.of(o)] = append(groups[a.of(o)], o)
	}
	values := slices.SortedFunc(maps.Keys(groups), func(x, y string) int {
		return cmp.Or(cmp.Compare(len(groups[y]), len(groups[x])), cmp.Compare(x, y))
	}) // the largest first
	large := 0
	for large < len(values) && len(groups[values[large]]) >= threshold {
		large++
	}
	var rest []Opinion
	for _, v := range values[large:] {
		rest = append(rest, groups[v]...)
	}
	if n := len(rest); n > 0 && n < threshold {
		large--
		rest = append(rest, groups[values[large]]...)
	}
	var parts []part
	for _, v := range values[:large] {
		next := b
		a.set(&next, v)
		parts = append(parts, split(groups[v], next, depth+1, threshold)...)
	}
	if len(rest) > 0 {
		next := b
		a.set(&next, Mixed)
		parts = append(parts, split(rest, next, depth+1, threshold)...)
	}
	return parts
}

// A Row is one line of a table of results: a sum over whole blocks.
type Row struct {
	Kind, Value string // of what; Value is Mixed for all that is not shown apart, empty where nothing was said
	Under       string // of Pains: the process
	Stage       bool   // of Pains: Value is the title of a stage, and no need
	Block              // the sum; its attributes mean nothing
	Blocks      []int  // which
}

// The tables of results.
const (
	ByPoint   = "point"
	ByChannel = "channel"
	ByProcess = "process"
	ByNeed    = "need"
	Pains     = "pains" // process and stage, or need where it has no stages: where it hurts
)

// Tables are their names, in the order in which they are shown.
var Tables = []string{ByChannel, ByPoint, ByProcess, Pains, ByNeed}

// Table sums blocks up for one of the tables, the largest rows first and what is mixed last.
func Table(name string, blocks []Block) []Row {
	var rows []Row
	at := map[[4]string]int{}
	for i, b := range blocks {
		kind, value, under, stage := b.Kind, b.Key, "", false
		switch name {
		case ByPoint, ByProcess:
			if b.Kind != map[string]string{ByPoint: OfPoint, ByProcess: OfProcess}[name] {
				continue
			}
		case ByChannel:
			if b.Kind != OfPoint {
				continue
			}
			value = b.Channel
		case ByNeed:
			kind, value = "", b.Need
		case Pains:
			if b.Kind != OfProcess {
				continue
			}
			value, under = b.Need, b.Key
			if b.Stage != "" {
				value, stage = b.Stage, true
			}
		}
		k := [4]string{kind, value, under, strconv.FormatBool(stage && value != Mixed)}
		j, ok := at[k]
		if !ok {
			j = len(rows)
			at[k] = j
			rows = append(rows, Row{Kind: kind, Value: value, Under: under, Stage: stage && value != Mixed})
		}
		rows[j].Block.add(b)
		rows[j].Blocks = append(rows[j].Blocks, i)
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(last(a), last(b)), cmp.Compare(b.N, a.N), cmp.Compare(a.Under, b.Under), cmp.Compare(a.Value, b.Value))
	})
	return rows
}

func last(r Row) int {
	n := 0
	if r.Under == Mixed {
		n += 2
	}
	if r.Value == Mixed {
		n++
	}
	return n
}

func (b *Block) add(o Block) {
	b.N += o.N
	b.Got += o.Got
	b.Satisfied += o.Satisfied
	b.InTime += o.InTime
	b.Repeated += o.Repeated
}

// Total is the sum of all blocks.
func Total(blocks []Block) Block {
	var t Block
	for _, b := range blocks {
		t.add(b)
	}
	return t
}

// A Share is a part of a group in whole per cent. It is never shown below 10 or above 90, nor so near to the edges that it
// could not mean one person more: a group that is of one mind would tell what each of its people said.
type Share struct {
	Percent int
	Edge    int // -1: Percent or less, 1: Percent or more
}

// ShareOf gives the share of part in n.
func ShareOf(part, n int) Share {
	if n == 0 {
		return Share{}
	}
	percent := func(part int) int { return (part*200 + n) / (2 * n) }
	switch p := percent(part); {
	case p <= 10 || part <= 1:
		return Share{max(10, percent(1)), -1}
	case p >= 90 || part >= n-1:
		return Share{min(90, percent(n-1)), 1}
	default:
		return Share{p, 0}
	}
}
