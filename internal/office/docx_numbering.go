package office

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// numbering gives the numbers that Word draws before paragraphs of automatic lists: «1.1.» of a clause is often one.
type numbering struct {
	abstracts map[string]*abstractNum
	nums      map[string]*listNum
}

// abstractNum is a list with its running count; all nums that refer to it continue one another.
type abstractNum struct {
	levels      [9]listLevel
	link, links string // id of the numbering style it is, or refers to
	count       [9]int
	begun       [9]bool
}

type listLevel struct {
	start   int
	format  string
	text    string // with %1 … %9
	follow  string // tab, space, nothing
	legal   bool   // isLgl: all numbers in digits
	restart int    // the level (from 1) whose use restarts this one; 0 never; -1 not said
	style   string
	known   bool
}

type listNum struct {
	abstract string
	override map[int]listLevel
	starts   map[int]int
	used     map[int]bool
}

// labelLength bounds the text of a level: it is repeated before every paragraph of the list.
const labelLength = 255

func newNumbering() *numbering {
	return &numbering{map[string]*abstractNum{}, map[string]*listNum{}}
}

func (n *numbering) read(x *tokens) error {
	if x.next() != tokStart {
		return x.err
	}
	for root := x.depth; x.more(root); {
		switch {
		case x.is(nsW, "abstractNum") && len(n.abstracts) < styleCount:
			a := &abstractNum{}
			id := x.id(nsW, "abstractNumId")
			for depth := x.depth; x.more(depth); {
				switch {
				case x.is(nsW, "lvl"):
					if i, l := readLevel(x); i >= 0 && i < 9 {
						a.levels[i] = l
					}
				case x.is(nsW, "styleLink"):
					a.link = x.id(nsW, "val")
				case x.is(nsW, "numStyleLink"):
					a.links = x.id(nsW, "val")
				}
			}
			n.abstracts[id] = a
		case x.is(nsW, "num") && len(n.nums) < styleCount:
			id := x.id(nsW, "numId")
			n.nums[id] = readNum(x)
		}
	}
	return x.err
}

func readNum(x *tokens) *listNum {
	num := &listNum{override: map[int]listLevel{}, starts: map[int]int{}, used: map[int]bool{}}
	for depth := x.depth; x.more(depth); {
		switch {
		case x.is(nsW, "abstractNumId"):
			num.abstract = x.id(nsW, "val")
		case x.is(nsW, "lvlOverride"):
			i := x.number(nsW, "ilvl", -1)
			for inner := x.depth; x.more(inner); {
				switch {
				case i < 0 || i > 8:
				case x.is(nsW, "startOverride"):
					num.starts[i] = x.number(nsW, "val", 1)
				case x.is(nsW, "lvl"):
					_, num.override[i] = readLevel(x)
				}
			}
		}
	}
	return num
}

func readLevel(x *tokens) (int, listLevel) {
	i := x.number(nsW, "ilvl", -1)
	l := listLevel{start: 0, format: "decimal", restart: -1, known: true}
	for depth := x.depth; x.more(depth); {
		if x.name.ns != nsW {
			continue
		}
		switch x.name.local {
		case "start":
			l.start = x.number(nsW, "val", 0)
		case "numFmt":
			l.format = x.id(nsW, "val")
		case "lvlText":
			l.text, _ = x.attr(nsW, "val")
			l.text = cut(l.text, labelLength)
		case "suff":
			l.follow = x.id(nsW, "val")
		case "isLgl":
			l.legal = x.on(nsW)
		case "lvlRestart":
			l.restart = x.number(nsW, "val", -1)
		case "pStyle":
			l.style = x.id(nsW, "val")
		}
	}
	return i, l
}

// label counts a paragraph and returns what stands before its text, with a space after it; "" for no list.
func (n *numbering) label(p docxParagraph, styles docxStyles) string {
	id, level, style := p.numID, p.level, ""
	if id == "" {
		styles.up(p.style, func(s string, st *docxStyle) bool {
			if level == "" {
				level = st.level
			}
			id, style = st.numID, s
			return id != ""
		})
	}
	num := n.nums[id]
	if num == nil {
		return ""
	}
	a := n.abstracts[num.abstract]
	if a != nil && a.links != "" {
		for _, id := range slices.Sorted(maps.Keys(n.abstracts)) {
			if b := n.abstracts[id]; b.link == a.links {
				a = b
				break
			}
		}
	}
	if a == nil {
		return ""
	}
	at := atoi(level, -1)
	if at < 0 && style != "" {
		for i, l := range a.levels {
			if l.style == style {
				at = i
			}
		}
	}
	return a.next(num, min(max(at, 0), 8))
}

func (a *abstractNum) level(num *listNum, i int) listLevel {
	if l, ok := num.override[i]; ok {
		return l
	}
	return a.levels[i]
}

func (a *abstractNum) next(num *listNum, at int) string {
	l := a.level(num, at)
	if !l.known {
		return ""
	}
	if start, ok := num.starts[at]; ok && !num.used[at] {
		a.count[at], a.begun[at] = start, true
	} else if !a.begun[at] {
		a.count[at], a.begun[at] = l.start, true
	} else {
		a.count[at]++
	}
	num.used[at] = true
	for i := at + 1; i < 9; i++ {
		if r := a.level(num, i).restart; r < 0 || at < r {
			a.begun[i] = false
		}
	}
	label := l.text
	if l.format == "bullet" {
		label = bullet(label)
	} else if l.format == "none" {
		label = ""
	} else if strings.Contains(label, "%") {
		for i := 8; i >= 0; i-- {
			mark := "%" + strconv.Itoa(i+1)
			if !strings.Contains(label, mark) {
				continue
			}
			k, count := a.level(num, i), a.count[i]
			if !a.begun[i] {
				count = k.start
			}
			if l.legal {
				k.format = "decimal"
			}
			label = strings.ReplaceAll(label, mark, numeral(k.format, count))
		}
	}
	if label == "" || l.follow == "nothing" {
		return label
	}
	return label + " "
}
