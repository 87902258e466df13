package testkit

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

//go:embed access.js
var accessScript string

// access gives the faults that one of the functions of access.js finds.
func (b *Browser) access(call string) []string {
	b.t.Helper()
	if !Eval[bool](b, "!!window.access") {
		b.Do(chromedp.Evaluate[chromedp.Void](accessScript + "\n;0"))
	}
	return Eval[[]string](b, "access."+call+" || []")
}

// Whole gives what is cut, covered, out of reach or scrolls sideways at the size the window has.
func (b *Browser) Whole() []string { b.t.Helper(); return b.access("whole()") }

// Spacing sets the distances of WCAG 1.4.12 between lines, paragraphs, letters and words, or takes them away.
func (b *Browser) Spacing(on bool) { b.t.Helper(); b.access(fmt.Sprintf("spacing(%t)", on)) }

// Focus gives the controls on which the focus cannot be seen by somebody who moves it by keys.
func (b *Browser) Focus() []string {
	b.t.Helper()
	b.Do(chromedp.KeyEvent(kb.F2)) // it moves nothing; after a key the browser shows where a script puts the focus
	return b.access("focus()")
}

// Edges gives the fields whose edge cannot be seen.
func (b *Browser) Edges() []string { b.t.Helper(); return b.access("edges()") }

// Languages gives the texts that are of another language than they say.
func (b *Browser) Languages() []string { b.t.Helper(); return b.access("languages()") }

// A Heard is a thing as a screen reader tells of it, from the browser's own tree of accessibility.
type Heard struct {
	Role, Name, About string // About is the description that is read after the name
	Level             int    // of a heading
	To                string // where a link leads
	Within            string // the words of the rows, items and paragraphs that a link stands in
}

// named are the roles that say nothing without a name.
var named = []string{"link", "button", "textbox", "searchbox", "combobox", "listbox", "checkbox", "radio", "spinbutton", "slider", "Date", "DateTime", "InputTime", "DisclosureTriangle", "image", "img", "table",
	"navigation", "region", "search", "complementary", "dialog", "heading", "progressbar", "progressIndicator", "meter", "radiogroup", "tab", "treeitem"}

// contexts are the roles whose words tell links of one name apart (WCAG 2.4.4).
var contexts = []string{"row", "listitem", "paragraph", "article", "term", "definition"}

// Heard gives what a screen reader meets on the page, in its order.
func (b *Browser) Heard() []Heard {
	b.t.Helper()
	res, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		b.t.Fatal(err)
	}
	text := func(v *accessibility.Value) (s string) {
		if v != nil && json.Unmarshal(v.Value, &s) != nil {
			s = strings.Trim(string(v.Value), `"`)
		}
		return strings.Join(strings.Fields(s), " ")
	}
	by := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range res.Nodes {
		by[n.NodeID] = n
	}
	var words func(n *accessibility.Node) string
	words = func(n *accessibility.Node) (s string) {
		if text(n.Role) == "StaticText" {
			return text(n.Name) + " "
		}
		for _, id := range n.ChildIDs {
			if c := by[id]; c != nil {
				s += words(c)
			}
		}
		return s
	}
	var all []Heard
	var walk func(n *accessibility.Node, within string)
	walk = func(n *accessibility.Node, within string) {
		role := text(n.Role)
		if slices.Contains(contexts, role) {
			within += "|" + words(n)
		}
		if !n.Ignored && slices.Contains(named, role) {
			h := Heard{Role: role, Name: text(n.Name), About: text(n.Description)}
			for _, p := range n.Properties {
				switch string(p.Name) {
				case "level":
					_, _ = fmt.Sscan(text(p.Value), &h.Level)
				case "url":
					h.To = text(p.Value)
				}
			}
			if role == "link" {
				h.Within = within
			}
			all = append(all, h)
		}
		for _, id := range n.ChildIDs {
			if c := by[id]; c != nil {
				walk(c, within)
			}
		}
	}
	walk(res.Nodes[0], "")
	return all
}

var wordless = regexp.MustCompile(`^[^\p{L}\p{N}]*$`)

// vague are names that say nothing to somebody who hears a list of links or buttons without the page around them.
var vague = strings.Fields("здесь тут сюда подробнее далее дальше ещё еще перейти открыть скачать изменить удалить убрать ссылка показать посмотреть редактировать docx odt xlsx pdf csv svg png here more edit download open show link delete remove next")

// Names gives the things whose names are missing, say nothing, or are those of another thing.
func (b *Browser) Names() (faults []string) {
	b.t.Helper()
	links, level, ones := map[string]Heard{}, 0, 0
	for _, h := range b.Heard() {
		switch {
		case wordless.MatchString(h.Name):
			faults = append(faults, fmt.Sprintf("a %s without a name (%q, %s)", h.Role, h.Name, h.To))
			continue
		case slices.Contains(vague, strings.ToLower(h.Name)) && h.About == "":
			faults = append(faults, fmt.Sprintf("the name of a %s says nothing: %q", h.Role, h.Name))
		}
		switch h.Role {
		case "heading":
			if h.Level == 1 {
				ones++
			}
			if h.Level > level+1 {
				faults = append(faults, fmt.Sprintf("after a heading of level %d comes one of level %d: %q", level, h.Level, h.Name))
			}
			level = h.Level
		case "link":
			if was, ok := links[h.Name+"\x00"+h.About]; !ok {
				links[h.Name+"\x00"+h.About] = h
			} else if was.To != h.To && (was.Within == h.Within || was.Within == "" || h.Within == "") {
				faults = append(faults, fmt.Sprintf("two links are called %q: to %s and to %s", h.Name, was.To, h.To))
			}
		}
	}
	if ones != 1 {
		faults = append(faults, fmt.Sprintf("%d headings of the first level", ones))
	}
	return faults
}
