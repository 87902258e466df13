package procedure

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"perechen/procedures"
)

// library compiles the published schema with a library that knows all of JSON Schema.
func library(t *testing.T) *jsonschema.Schema {
	t.Helper()
	raw, err := procedures.FS.ReadFile(schemaName)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(schemaName, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(schemaName)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchemaSaysWhatIsChecked: a keyword that nobody checks would be a promise that the program does not keep.
func TestSchemaSaysWhatIsChecked(t *testing.T) {
	known := []string{"$schema", "$id", "$defs", "$ref", "title", "description", "x-expected", "type", "enum", "pattern",
		"minLength", "maxLength", "minimum", "exclusiveMinimum", "maximum", "minItems", "items", "required", "properties", "additionalProperties"}
	var walk func(path string, n map[string]any)
	walk = func(path string, n map[string]any) {
		for k, v := range n {
			if !slices.Contains(known, k) {
				t.Errorf("%s: nobody checks %s", path, k)
			}
			switch v := v.(type) {
			case map[string]any:
				if k == "items" {
					walk(path+"[]", v)
					continue
				}
				for name, child := range v {
					walk(path+"."+name, child.(map[string]any))
				}
			case string:
				if k == "$ref" && !strings.HasPrefix(v, "#/$defs/") {
					t.Errorf("%s: %s is not in $defs", path, v)
				}
			}
		}
		if n["$ref"] != nil {
			for _, beside := range known[7:] {
				if _, ok := n[beside]; ok {
					t.Errorf("%s: %s beside $ref", path, beside)
				}
			}
		}
	}
	walk("", schema().root.own)
}

// TestValidateIsTheLibrarys spoils right procedures in many ways and holds our answers to those of the library.
func TestValidateIsTheLibrarys(t *testing.T) {
	s := library(t)
	files := [][]byte{}
	for _, id := range IDs() {
		b, err := procedures.FS.ReadFile(id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, b)
	}
	b, err := os.ReadFile(third)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	refused := 0
	for i, b := range append(files, b) {
		for round := range 300 {
			tr := readTree("x.yaml", b)
			for range round % 4 {
				tr.root = spoil(random, tr.root)
			}
			var want []string
			if ve, ok := s.Validate(tr.root).(*jsonschema.ValidationError); ok {
				want = answers(ve)
				refused++
			}
			tr.errs = nil
			tr.validate()
			got := []string{}
			for _, e := range tr.errs {
				got = append(got, e.Field+": "+e.Expected)
			}
			slices.Sort(got)
			if diff := cmp.Diff(slices.Compact(want), slices.Compact(got)); diff != "" && len(want)+len(got) > 0 {
				t.Fatalf("file %d, round %d (-library +ours):\n%s", i, round, diff)
			}
		}
	}
	if refused < 500 {
		t.Errorf("only %d were refused", refused)
	}
}

// spoil changes one value somewhere in v.
func spoil(r *rand.Rand, v any) any {
	if r.IntN(12) > 0 {
		switch v := v.(type) {
		case map[string]any:
			names := slices.Sorted(maps.Keys(v))
			switch name := names[r.IntN(max(len(names), 1))]; r.IntN(16) {
			case 0:
				delete(v, name)
			case 1:
				v["lishnee"] = "x"
			default:
				v[name] = spoil(r, v[name])
			}
			if len(v) == 0 {
				return nil
			}
			return v
		case []any:
			if len(v) > 0 {
				i := r.IntN(len(v))
				v[i] = spoil(r, v[i])
				return v
			}
		}
	}
	odd := []any{nil, true, 0, 7, -3, 1 << 40, uint64(1<<63 + 5), 2.5, 3.0, 1e300, "", " ", "x", "x ", "2.5", "2026-02-16", "a-b", "Б/н",
		"№", "—", "две\nстроки", strings.Repeat("я", 81), strings.Repeat("я", 501), strings.Repeat("я", 20001), []any{}, []any{"x"}, map[string]any{"x": 1}}
	return odd[r.IntN(len(odd))]
}

// answers are the leaves of the library's error in our words, sorted.
func answers(ve *jsonschema.ValidationError) (all []string) {
	for _, c := range ve.Causes {
		all = append(all, answers(c)...)
	}
	if len(ve.Causes) > 0 {
		slices.Sort(all)
		return all
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
			all = append(all, join(path, name)+": поле обязательно, "+node.property(name).expected())
		}
	case *kind.AdditionalProperties:
		for _, name := range k.Properties {
			all = append(all, join(path, name)+": такого поля нет, ожидалось одно из: "+strings.Join(node.fields(), ", "))
		}
	case *kind.MaxLength:
		all = append(all, path+": "+fmt.Sprintf("ожидался текст не длиннее %d знаков", k.Want))
	default:
		all = append(all, path+": "+node.expected())
	}
	return all
}
