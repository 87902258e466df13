package testkit

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// HTML is a page or a part of one, asked by selectors: tag, #id, .class, [attr], [attr=value], joined in one step without
// spaces; steps parted by spaces mean «somewhere inside», by « > » «directly inside».
type HTML struct{ node *html.Node }

// ParseHTML reads a page; a page that cannot be read ends the test.
func ParseHTML(t testing.TB, page string) HTML {
	t.Helper()
	n, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("the page is not HTML: %v", err)
	}
	return HTML{n}
}

// All gives the elements that the selector names, in document order, each once.
func (h HTML) All(selector string) []HTML {
	found := []*html.Node{h.node}
	direct := false
	for _, step := range strings.Fields(selector) {
		if step == ">" {
			direct = true
			continue
		}
		var next []*html.Node
		var seen map[*html.Node]bool // only several parents may hold the same descendant
		if len(found) > 1 && !direct {
			seen = map[*html.Node]bool{}
		}
		want := partsOf(step)
		for _, n := range found {
			nodes := n.Descendants()
			if direct {
				nodes = n.ChildNodes()
			}
			for d := range nodes {
				if d.Type == html.ElementNode && want.match(d) && !seen[d] {
					next = append(next, d)
					if seen != nil {
						seen[d] = true
					}
				}
			}
		}
		found, direct = next, false
	}
	out := make([]HTML, len(found))
	for i, n := range found {
		out[i] = HTML{n}
	}
	return out
}

// One gives the only element that the selector names; none or several end the test.
func (h HTML) One(t testing.TB, selector string) HTML {
	t.Helper()
	all := h.All(selector)
	if len(all) != 1 {
		t.Fatalf("%q names %d elements, want 1", selector, len(all))
	}
	return all[0]
}

// Texts gives the text of each element that the selector names.
func (h HTML) Texts(selector string) []string {
	var ts []string
	for _, x := range h.All(selector) {
		ts = append(ts, x.Text())
	}
	return ts
}

// Text is all text inside, spaces of any kind joined to single plain ones, as a person would read it aloud.
func (h HTML) Text() string {
	var b strings.Builder
	for d := range h.node.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Tag is the name of the element.
func (h HTML) Tag() string { return h.node.Data }

// Attr is the value of an attribute; ok tells whether it is there.
func (h HTML) Attr(name string) (value string, ok bool) {
	for _, a := range h.node.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// Attrs gives the names of all attributes.
func (h HTML) Attrs() []string {
	var names []string
	for _, a := range h.node.Attr {
		names = append(names, a.Key)
	}
	return names
}

// A selectorPart is one condition of a step: «.class», «#id», «[attr]», «[attr=value]» or a tag.
type selectorPart struct {
	sort        byte
	name, value string
	valued      bool
}

// A selectorStep is the conditions that one element must meet.
type selectorStep []selectorPart

func partsOf(step string) (parts selectorStep) {
	for step != "" {
		end := strings.IndexAny(step[1:], ".#[") + 1
		if end == 0 {
			end = len(step)
		}
		if step[0] == '[' {
			if i := strings.IndexByte(step, ']'); i > 0 {
				end = i + 1
			}
		}
		p := selectorPart{sort: step[0], name: step[1:end]}
		switch p.sort {
		case '.', '#':
		case '[':
			p.name, p.value, p.valued = strings.Cut(strings.Trim(step[:end], "[]"), "=")
			p.value = strings.Trim(p.value, `"`)
		default:
			p.sort, p.name = 0, step[:end]
		}
		parts = append(parts, p)
		step = step[end:]
	}
	return parts
}

func (s selectorStep) match(n *html.Node) bool {
	h := HTML{n}
	for _, p := range s {
		switch p.sort {
		case '.':
			class, _ := h.Attr("class")
			if !slices.Contains(strings.Fields(class), p.name) {
				return false
			}
		case '#':
			if id, _ := h.Attr("id"); id != p.name {
				return false
			}
		case '[':
			got, ok := h.Attr(p.name)
			if !ok || p.valued && got != p.value {
				return false
			}
		default:
			if p.name != "*" && p.name != n.Data {
				return false
			}
		}
	}
	return true
}

// Form gives the fields that a browser would send with the one form that a selector chooses, buttons left out: what the
// person has not touched.
func (h HTML) Form(t testing.TB, selector string) url.Values {
	t.Helper()
	v := url.Values{}
	form := h.One(t, selector)
	for _, x := range form.All("*") {
		name, ok := x.Attr("name")
		if !ok {
			continue
		}
		switch x.Tag() {
		case "input":
			kind, _ := x.Attr("type")
			value, has := x.Attr("value")
			if kind == "checkbox" || kind == "radio" {
				if _, on := x.Attr("checked"); !on {
					continue
				}
				if !has {
					value = "on"
				}
			}
			if kind != "file" && kind != "submit" {
				v.Add(name, value)
			}
		case "textarea":
			text := ""
			if x.node.FirstChild != nil {
				text = x.node.FirstChild.Data // the parser drops the line break after the tag, as browsers do
			}
			v.Add(name, text)
		case "select":
			options := x.All("option")
			chosen := 0
			for i, o := range options {
				if _, on := o.Attr("selected"); on {
					chosen = i
				}
			}
			if len(options) > 0 {
				value, has := options[chosen].Attr("value")
				if !has {
					value = options[chosen].Text()
				}
				v.Add(name, value)
			}
		}
	}
	return v
}
