package procedure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"perechen/procedures"
)

// schemaName is the published schema in procedures.FS.
const schemaName = "procedure.schema.json"

type compiled struct {
	validator *jsonschema.Schema
	root      schemaNode
}

// schema gives the published schema, compiled once; that it compiles is tested.
var schema = sync.OnceValue(func() compiled {
	raw, err := procedures.FS.ReadFile(schemaName)
	if err != nil {
		panic("procedure: " + err.Error())
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		panic("procedure: " + schemaName + ": " + err.Error())
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaName, doc); err != nil {
		panic("procedure: " + schemaName + ": " + err.Error())
	}
	v, err := c.Compile(schemaName)
	if err != nil {
		panic("procedure: " + schemaName + ": " + err.Error())
	}
	m, _ := doc.(map[string]any)
	return compiled{v, schemaNode{m, m}}
})

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

// validate adds to the tree's errors what the schema has against it.
func (t *tree) validate() {
	err := schema().validator.Validate(t.root)
	if err == nil {
		return
	}
	ve, ok := err.(*jsonschema.ValidationError)
	if !ok {
		t.fail(0, "", schema().root.expected())
		return
	}
	t.explain(ve)
}

// explain turns the leaves of a validation error into errors with line and field.
func (t *tree) explain(ve *jsonschema.ValidationError) {
	if len(ve.Causes) > 0 {
		for _, c := range ve.Causes {
			t.explain(c)
		}
		return
	}
	path, node := "", schema().root
	for _, token := range ve.InstanceLocation {
		if i, err := strconv.Atoi(token); err == nil && node.is("array") {
			path, node = fmt.Sprintf("%s[%d]", path, i), node.items()
		} else {
			path, node = join(path, token), node.property(token)
		}
	}
	switch k := ve.ErrorKind.(type) {
	case *kind.Required:
		for _, name := range k.Missing {
			t.fail(t.lines[path], join(path, name), "поле обязательно, "+node.property(name).expected())
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			at := join(path, name)
			t.fail(t.lines[at], at, "такого поля нет, ожидалось одно из: "+strings.Join(node.fields(), ", "))
		}
	case *kind.MaxLength:
		t.fail(t.lines[path], path, fmt.Sprintf("ожидался текст не длиннее %d знаков", k.Want))
	default:
		t.fail(t.lines[path], path, node.expected())
	}
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
