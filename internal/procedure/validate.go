package procedure

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The published schema is JSON Schema 2020-12 and says no more than $ref into $defs, type, enum, pattern, minLength,
// maxLength, minimum, exclusiveMinimum, maximum, minItems, items, required, properties and additionalProperties. Those are
// checked here and not by a library for all of JSON Schema, which takes longer to start than the program's own packages
// together. The tests hold this file and such a library to the same answers.

// validate adds to the tree's errors what the schema has against it.
func (t *tree) validate() { t.hold(t.root, "", schema().root) }

// hold checks a value against the part of the schema that speaks of it: of a wrong type nothing more is said.
func (t *tree) hold(v any, path string, node schemaNode) {
	want := node.target()
	wrong := func() { t.fail(t.lines[path], path, node.expected()) }
	if typ, ok := want["type"].(string); ok && !isType(v, typ) {
		wrong()
		return
	}
	if enum, ok := want["enum"].([]any); ok && !slices.Contains(enum, v) {
		wrong()
	}
	switch v := v.(type) {
	case string:
		t.holdText(v, path, want, wrong)
	case int, int64, uint64, float64:
		n := toFloat(v)
		if least, ok := want["minimum"].(float64); ok && n < least {
			wrong()
		}
		if below, ok := want["exclusiveMinimum"].(float64); ok && n <= below {
			wrong()
		}
		if most, ok := want["maximum"].(float64); ok && n > most {
			wrong()
		}
	case []any:
		if least, ok := want["minItems"].(float64); ok && float64(len(v)) < least {
			wrong()
		}
		for i, item := range v {
			t.hold(item, path+"["+strconv.Itoa(i)+"]", node.items())
		}
	case map[string]any:
		t.holdFields(v, path, node)
	}
}

func (t *tree) holdText(s, path string, want map[string]any, wrong func()) {
	length := float64(utf8.RuneCountInString(s))
	if least, ok := want["minLength"].(float64); ok && length < least {
		wrong()
	}
	if most, ok := want["maxLength"].(float64); ok && length > most {
		t.fail(t.lines[path], path, fmt.Sprintf("ожидался текст не длиннее %d знаков", int(most)))
	}
	if p, ok := want["pattern"].(string); ok && !schema().patterns[p].MatchString(s) {
		wrong()
	}
}

func (t *tree) holdFields(fields map[string]any, path string, node schemaNode) {
	want := node.target()
	required, _ := want["required"].([]any)
	for _, name := range required {
		if name, _ := name.(string); !has(fields, name) {
			t.fail(t.lines[path], join(path, name), "поле обязательно, "+node.property(name).expected())
		}
	}
	known := node.fields()
	for name, v := range fields {
		at := join(path, name)
		if slices.Contains(known, name) {
			t.hold(v, at, node.property(name))
		} else if want["additionalProperties"] == false {
			t.fail(t.lines[at], at, "такого поля нет, ожидалось одно из: "+strings.Join(known, ", "))
		}
	}
}

func has(fields map[string]any, name string) bool {
	_, ok := fields[name]
	return ok
}

// isType tells whether a value is of a type as JSON Schema means it.
func isType(v any, typ string) bool {
	switch v := v.(type) {
	case string:
		return typ == "string"
	case bool:
		return typ == "boolean"
	case int, int64, uint64:
		return typ == "integer" || typ == "number"
	case float64:
		return typ == "number" || typ == "integer" && v == math.Trunc(v)
	case []any:
		return typ == "array"
	case map[string]any:
		return typ == "object"
	}
	return typ == "null"
}

func toFloat(v any) float64 {
	switch v := v.(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	}
	f, _ := v.(float64)
	return f
}
