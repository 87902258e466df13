package procedure

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Limits of a procedure file. The longer of the first two orders takes 28 KB, 1400 values, 5 levels.
const (
	maxBytes = 1 << 20
	maxNodes = 50_000
	maxDepth = 20
)

// A tree is a YAML file as plain values (map[string]any, []any, string, int, float64, bool, nil) with the line of each.
type tree struct {
	file  string
	root  any
	lines map[string]int // by path: "needs[2].clause"; of a field, the line of its name
	errs  Errors
	nodes int
	texts map[string]string // folded, by clause and paragraph; see quoted
}

// readTree reads one YAML document. Scalars become numbers and truth values only where the schema asks for them, so that
// «clause: 2.10» stays "2.10" and «number: 46» is text. errs says what is wrong with the YAML itself.
func readTree(file string, data []byte) *tree {
	t := &tree{file: file, lines: map[string]int{}, texts: map[string]string{}}
	if len(data) > maxBytes {
		t.fail(0, "", fmt.Sprintf("ожидался файл не больше %d КБ", maxBytes>>10))
		return t
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		t.fail(1+bytes.Count(data[:invalidAt(data)], []byte("\n")), "", "ожидался текст в кодировке UTF-8")
		return t
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	var doc, second yaml.Node
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		t.fail(0, "", "ожидался порядок, а файл пуст")
		return t
	case err != nil:
		t.syntax(err)
		return t
	}
	if err := d.Decode(&second); !errors.Is(err, io.EOF) {
		if err != nil {
			t.syntax(err)
		} else {
			t.fail(second.Line, "", "ожидался один документ YAML: уберите черту «---»")
		}
		return t
	}
	if len(doc.Content) == 1 {
		t.root = t.value(doc.Content[0], "", schema().root, 0)
	}
	return t
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

func (t *tree) fail(line int, field, expected string) {
	t.errs = append(t.errs, &Error{File: t.file, Line: line, Field: field, Expected: expected})
}

// value turns a node into a plain value; want is the part of the schema that speaks of it.
func (t *tree) value(n *yaml.Node, path string, want schemaNode, depth int) any {
	t.nodes++
	if t.nodes > maxNodes || depth > maxDepth {
		if len(t.errs) == 0 {
			t.fail(n.Line, "", "ожидался порядок, а здесь слишком много вложенных значений")
		}
		return nil
	}
	if _, ok := t.lines[path]; !ok {
		t.lines[path] = n.Line
	}
	switch n.Kind {
	case yaml.AliasNode:
		t.fail(n.Line, path, "ожидалось само значение, а не ссылка YAML «*"+n.Value+"»")
		return nil
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for i, c := range n.Content {
			list = append(list, t.value(c, path+"["+strconv.Itoa(i)+"]", want.items(), depth+1))
		}
		return list
	case yaml.MappingNode:
		fields := make(map[string]any, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, v := n.Content[i], n.Content[i+1]
			if k.Kind != yaml.ScalarNode {
				t.fail(k.Line, path, "ожидалось имя поля")
				continue
			}
			at := join(path, k.Value)
			if _, ok := fields[k.Value]; ok {
				t.fail(k.Line, at, fmt.Sprintf("ожидалось одно такое поле, а оно уже есть в строке %d", t.lines[at]))
				continue
			}
			t.lines[at] = k.Line
			fields[k.Value] = t.value(v, at, want.property(k.Value), depth+1)
		}
		return fields
	}
	return t.scalar(n, path, want)
}

func (t *tree) scalar(n *yaml.Node, path string, want schemaNode) any {
	var v any
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		if want.is("boolean") && n.Decode(&v) == nil {
			return v
		}
	case "!!int", "!!float":
		if (want.is("integer") || want.is("number")) && n.Decode(&v) == nil {
			if f, ok := v.(float64); !ok || !math.IsInf(f, 0) && !math.IsNaN(f) {
				return v
			}
		}
	case "!!str", "!!timestamp", "!!merge":
	default:
		t.fail(n.Line, path, "ожидалось значение без тега YAML «"+n.Tag+"»")
	}
	return n.Value
}

func join(path, field string) string {
	if len(field) > 60 {
		field = strings.ToValidUTF8(field[:60], "") + "…"
	}
	if path == "" {
		return field
	}
	return path + "." + field
}

var syntaxLine = regexp.MustCompile(`line (\d+): (.*)`)

// syntax translates the decoder's complaint. Its line is where the decoder noticed, at most a line past the cause.
func (t *tree) syntax(err error) {
	line, what := 0, err.Error()
	if m := syntaxLine.FindStringSubmatch(what); m != nil {
		line, _ = strconv.Atoi(m[1])
		what = m[2]
	}
	expected := "ожидался правильный YAML: проверьте отступы, кавычки и дефисы списков здесь и строкой выше"
	for _, hint := range []struct{ says, expected string }{
		{"mapping values are not allowed", "ожидался правильный YAML: текст с двоеточием возьмите в кавычки или проверьте отступ"},
		{"cannot start any token", "ожидался правильный YAML: текст, который начинается с этого знака, возьмите в кавычки; вместо табуляции ставьте пробелы"},
		{"found a tab character", "ожидался правильный YAML: вместо табуляции ставьте пробелы"},
		{"could not find expected ':'", "ожидалось двоеточие после имени поля"},
		{"unexpected end of stream", "ожидался конец текста в кавычках: закройте кавычку"},
		{"unknown anchor", "ожидалось само значение, а не ссылка YAML; текст, который начинается со звёздочки, возьмите в кавычки"},
		{"control characters are not allowed", "ожидался текст без управляющих знаков"},
	} {
		if strings.Contains(what, hint.says) {
			expected = hint.expected
			break
		}
	}
	t.fail(line, "", expected)
}
