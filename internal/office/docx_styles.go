package office

import "strings"

// docxStyles are the paragraph styles of a document by id, as far as a reader needs them.
type docxStyles struct{ byID map[string]*docxStyle }

type docxStyle struct {
	name, basedOn string
	numID, level  string
	breakBefore   bool
	outline       int // outline level from 1; 0 when the style has none
}

// styleCount is how many styles are kept; Word itself allows 4079.
const styleCount = 8192

func (s *docxStyles) read(x *tokens) error {
	s.byID = map[string]*docxStyle{}
	if x.next() != tokStart {
		return x.err
	}
	for root := x.depth; x.more(root); {
		if !x.is(nsW, "style") || len(s.byID) >= styleCount {
			continue
		}
		st := &docxStyle{}
		id := x.id(nsW, "styleId")
		for depth := x.depth; x.more(depth); {
			switch {
			case x.is(nsW, "name"):
				st.name = x.id(nsW, "val")
			case x.is(nsW, "basedOn"):
				st.basedOn = x.id(nsW, "val")
			case x.is(nsW, "pPr"):
				for inner := x.depth; x.more(inner); {
					switch {
					case x.is(nsW, "numPr"):
						st.numID, st.level = numPr(x)
					case x.is(nsW, "pageBreakBefore"):
						st.breakBefore = x.on(nsW)
					case x.is(nsW, "outlineLvl"):
						if n := x.number(nsW, "val", 9); n >= 0 && n < 9 {
							st.outline = n + 1
						}
					}
				}
			}
		}
		s.byID[id] = st
	}
	return x.err
}

// up calls visit with a style and the styles it is based on until visit returns true.
func (s docxStyles) up(id string, visit func(id string, st *docxStyle) bool) {
	for range 32 { // a chain may be a ring
		st := s.byID[id]
		if st == nil || visit(id, st) {
			return
		}
		id = st.basedOn
	}
}

func (s docxStyles) breakBefore(id string) (yes bool) {
	s.up(id, func(_ string, st *docxStyle) bool { yes = st.breakBefore; return yes })
	return yes
}

// role maps a style to a role by its name: Word keeps the English names of its own styles whatever its language is.
func (s docxStyles) role(id string) (role Style) {
	s.up(id, func(_ string, st *docxStyle) bool {
		role = roleOf(st.name)
		if role == Body && st.outline > 0 {
			role = Heading2
			if st.outline == 1 {
				role = Heading1
			}
		}
		return role != Body
	})
	return role
}

func roleOf(name string) Style {
	name = strings.ToLower(strings.TrimSpace(strings.ReplaceAll(name, "_20_", " ")))
	switch name {
	case "title", "название", "заголовок", "заголовок документа":
		return Title
	case "heading 1", "heading1", "заголовок 1":
		return Heading1
	}
	if strings.HasPrefix(name, "heading ") || strings.HasPrefix(name, "заголовок ") {
		return Heading2
	}
	return Body
}
