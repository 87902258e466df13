package procedure

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"perechen/procedures"
)

// schemaName is the published schema in procedures.FS.
const schemaName = "procedure.schema.json"

// A compiled schema is the document with its patterns made ready.
type compiled struct {
	root     schemaNode
	patterns map[string]*regexp.Regexp
}

// schema gives the published schema, read once; that it is one is tested.
var schema = sync.OnceValue(func() compiled {
	raw, err := procedures.FS.ReadFile(schemaName)
	if err != nil {
		panic("procedure: " + err.Error())
	}
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		panic("procedure: " + schemaName + ": " + err.Error())
	}
	c := compiled{schemaNode{doc, doc}, map[string]*regexp.Regexp{}}
	c.compile(doc)
	return c
})

func (c compiled) compile(v any) {
	switch v := v.(type) {
	case map[string]any:
		if p, ok := v["pattern"].(string); ok {
			c.patterns[p] = regexp.MustCompile(p)
		}
		for _, child := range v {
			c.compile(child)
		}
	case []any:
		for _, child := range v {
			c.compile(child)
		}
	}
}

// A schemaNode is the part of the schema that speaks of one value. The zero schemaNode speaks of nothing.
type schemaNode struct{ root, own map[string]any }

// target follows $ref, which in our schema always points into $defs.
func (n schemaNode) target() map[string]any {
	ref, ok := n.own["$ref"].(string)
	if !ok {
		return n.own
	}
	defs, _ := n.root["$defs"].(map[string]any)
	def, _ := defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	return def
}

func (n schemaNode) property(name string) schemaNode {
	props, _ := n.target()["properties"].(map[string]any)
	own, _ := props[name].(map[string]any)
	return schemaNode{n.root, own}
}

func (n schemaNode) items() schemaNode {
	own, _ := n.target()["items"].(map[string]any)
	return schemaNode{n.root, own}
}

func (n schemaNode) is(typ string) bool { return n.target()["type"] == typ }

// fields are the names of an object's properties, sorted.
func (n schemaNode) fields() []string {
	props, _ := n.target()["properties"].(map[string]any)
	return slices.Sorted(maps.Keys(props))
}

// expected says in Russian what should stand here, by the nearest x-expected.
func (n schemaNode) expected() string {
	for _, m := range []map[string]any{n.own, n.target()} {
		if s, _ := m["x-expected"].(string); s != "" {
			return s
		}
	}
	return "ожидалось другое значение"
}

// decode gives the tree as a Procedure. It fails only on a tree that the schema has refused.
func (t *tree) decode() (*Procedure, error) {
	b, err := json.Marshal(t.root)
	if err != nil {
		return nil, err
	}
	var p Procedure
	if err := json.Unmarshal(b, &p); err != nil {
		return nil, err
	}
	return &p, nil
}
