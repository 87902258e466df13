package office

import "strings"

// odfStyles are the styles of an OpenDocument file, as far as a reader needs them.
type odfStyles struct {
	byName map[string]*odfStyle // "paragraph/P1"
	lists  map[string]*odfList
}

type odfStyle struct {
	name, parent            string
	bold, italic, struck    *bool
	raised                  *bool
	vanish                  *bool // text that is not shown
	align                   Align
	breakBefore, breakAfter bool
	newPage                 bool // begins a page of another master
	hidden                  bool // of a sheet
	list                    string
}

// outlineList is the name that the numbering of headings has among the list styles.
const outlineList = "\x00outline"

func newODFStyles() *odfStyles {
	return &odfStyles{map[string]*odfStyle{}, map[string]*odfList{}}
}

// document reads styles.xml or content.xml: the styles on the way, and with body what lies inside office:body, whose child
// it names.
func (s *odfStyles) document(x *tokens, body func(kind string) error) error {
	if x.next() != tokStart {
		return x.err
	}
	for root := x.depth; x.more(root); {
		switch {
		case x.is(nsOffice, "styles"), x.is(nsOffice, "automatic-styles"):
			s.read(x)
		case x.is(nsOffice, "body"):
			for depth := x.depth; x.more(depth); {
				if x.name.ns == nsOffice {
					if err := body(x.name.local); err != nil {
						return err
					}
				}
			}
		}
	}
	return x.err
}

func (s *odfStyles) read(x *tokens) {
	for depth := x.depth; x.more(depth); {
		if len(s.byName)+len(s.lists) >= 4*styleCount {
			continue
		}
		switch {
		case x.is(nsStyle, "style"):
			s.style(x)
		case x.is(nsText, "list-style"):
			name := x.id(nsStyle, "name")
			s.lists[name] = readODFList(x)
		case x.is(nsText, "outline-style"):
			s.lists[outlineList] = readODFList(x)
		}
	}
}

func (s *odfStyles) style(x *tokens) {
	st := &odfStyle{}
	family, name := x.id(nsStyle, "family"), x.id(nsStyle, "name")
	st.name = name
	if n := x.id(nsStyle, "display-name"); n != "" {
		st.name = n
	}
	st.parent = x.id(nsStyle, "parent-style-name")
	st.list = x.id(nsStyle, "list-style-name")
	master, _ := x.attr(nsStyle, "master-page-name")
	st.newPage = master != ""
	for depth := x.depth; x.more(depth); {
		switch {
		case x.is(nsStyle, "text-properties"):
			if v, ok := x.attr(nsFO, "font-weight"); ok {
				yes := v == "bold" || len(v) == 3 && v >= "600" && v <= "900"
				st.bold = &yes
			}
			if v, ok := x.attr(nsFO, "font-style"); ok {
				yes := v != "normal"
				st.italic = &yes
			}
			if v, ok := x.attr(nsStyle, "text-line-through-style"); ok {
				yes := v != "none"
				st.struck = &yes
			}
			if v, ok := x.attr(nsText, "display"); ok {
				yes := v == "none"
				st.vanish = &yes
			}
			if v, ok := x.attr(nsStyle, "text-position"); ok {
				yes := strings.HasPrefix(v, "super") || v != "" && v[0] >= '1' && v[0] <= '9'
				st.raised = &yes
			}
		case x.is(nsStyle, "paragraph-properties"), x.is(nsStyle, "table-properties"):
			v, _ := x.attr(nsFO, "break-before")
			st.breakBefore = v == "page"
			v, _ = x.attr(nsFO, "break-after")
			st.breakAfter = v == "page"
			v, _ = x.attr(nsTable, "display")
			st.hidden = v == "false"
			v, _ = x.attr(nsFO, "text-align")
			st.align = map[string]Align{"start": Left, "left": Left, "center": Center, "end": Right, "right": Right, "justify": Justify}[v]
		}
	}
	s.byName[family+"/"+name] = st
}

// of returns a style with what it takes from its parents; an unknown one is the zero style.
func (s *odfStyles) of(family, name string) (st odfStyle) {
	for range 32 { // a chain may be a ring
		up := s.byName[family+"/"+name]
		if up == nil {
			break
		}
		if st.name == "" || roleOf(st.name) == Body {
			st.name = up.name
		}
		st.bold, st.italic, st.struck = first(st.bold, up.bold), first(st.italic, up.italic), first(st.struck, up.struck)
		st.raised, st.vanish = first(st.raised, up.raised), first(st.vanish, up.vanish)
		if st.align == "" {
			st.align = up.align
		}
		st.breakBefore = st.breakBefore || up.breakBefore
		st.breakAfter = st.breakAfter || up.breakAfter
		st.newPage = st.newPage || up.newPage
		if st.list == "" {
			st.list = up.list
		}
		st.hidden = st.hidden || up.hidden
		name = up.parent
	}
	return st
}

func first(a, b *bool) *bool {
	if a != nil {
		return a
	}
	return b
}

func (st odfStyle) run() Run { return st.over(Run{}) }

// over lays the style's appearance over that of the text around.
func (st odfStyle) over(r Run) Run {
	if st.bold != nil {
		r.Bold = *st.bold
	}
	if st.italic != nil {
		r.Italic = *st.italic
	}
	if st.struck != nil {
		r.Struck = *st.struck
	}
	return r
}
