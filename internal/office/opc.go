package office

import (
	"path"
	"strings"
)

// relation is a relationship of OOXML: the way by which one part finds another, whatever the other is called. The target
// of an external one is an address in the net.
type relation struct {
	kind, target string
	external     bool
}

// targetLength is the greatest length of a target that is kept.
const targetLength = 2048

// relations reads the relationships of a part ("" for the package itself) by id. kind is the last word of the type's
// address (officeDocument, styles, numbering, …), the same in Strict and Transitional files.
func (a *archive) relations(of string) (map[string]relation, error) {
	dir, file := path.Split(of)
	name := dir + "_rels/" + file + ".rels"
	rels := map[string]relation{}
	if !a.has(name) {
		return rels, nil
	}
	err := a.xml(name, func(x *tokens) error {
		if x.next() != tokStart {
			return x.err
		}
		for root := x.depth; x.more(root); {
			if !x.is(nsRel, "Relationship") {
				continue
			}
			mode, _ := x.attr(nsNone, "TargetMode")
			id, kind := x.id(nsNone, "Id"), x.id(nsNone, "Type")
			target, _ := x.attr(nsNone, "Target")
			switch {
			case mode == "External":
			case strings.HasPrefix(target, "/"):
				target = target[1:]
			default:
				target = dir + target
			}
			if len(target) > targetLength {
				continue
			}
			rels[id] = relation{path.Base(kind), target, mode == "External"}
			if len(rels) > a.j.lim.Entries {
				return a.j.fail(Damaged, nil, "повреждён: слишком много связей в части %s.", name)
			}
		}
		return x.err
	})
	return rels, err
}

// related returns the name of the part of this kind, the first by name; "" when there is none in the archive.
func (a *archive) related(rels map[string]relation, kind string) string {
	found := ""
	for _, r := range rels {
		if r.kind == kind && !r.external && a.has(r.target) && (found == "" || r.target < found) {
			found = r.target
		}
	}
	return found
}

// contentType returns the media type of a part by [Content_Types].xml, "" when it says nothing.
func (a *archive) contentType(name string) (string, error) {
	byExt, byName := "", ""
	ext := strings.TrimPrefix(path.Ext(name), ".")
	err := a.xml("[Content_Types].xml", func(x *tokens) error {
		if x.next() != tokStart {
			return x.err
		}
		for root := x.depth; x.more(root); {
			media, _ := x.attr(nsNone, "ContentType")
			if e, ok := x.attr(nsNone, "Extension"); ok && strings.EqualFold(e, ext) {
				byExt = media
			}
			if p, ok := x.attr(nsNone, "PartName"); ok && clean(p) == clean(name) {
				byName = media
			}
		}
		return x.err
	})
	if byName == "" {
		byName = byExt
	}
	return byName, err
}

// properties reads docProps: the title, and the custom properties that are text.
func (a *archive) properties(rels map[string]relation, d *Doc) error {
	if core := a.related(rels, "core-properties"); core != "" {
		if err := a.xml(core, func(x *tokens) error {
			if x.next() != tokStart {
				return x.err
			}
			for root := x.depth; x.more(root); {
				switch {
				case x.is(nsDC, "title"):
					d.Title = strings.TrimSpace(x.inner(SealSpace))
				case x.is(nsTerms, "created"):
					d.Created = stamp(x.inner(64))
				}
			}
			return x.err
		}); err != nil {
			return err
		}
	}
	custom := a.related(rels, "custom-properties")
	if custom == "" {
		custom = a.related(rels, "customProperties")
	}
	if custom == "" {
		return nil
	}
	return a.xml(custom, func(x *tokens) error {
		if x.next() != tokStart {
			return x.err
		}
		for root := x.depth; x.more(root); {
			if name, _ := x.attr(nsNone, "name"); x.is(nsCustom, "property") {
				d.property(name, x.inner(propertyLength))
			}
		}
		return x.err
	})
}
