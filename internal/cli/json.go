package cli

import (
	"bufio"
	"encoding/json"
	"reflect"
	"strings"
)

// streamJSON writes a struct as printJSON does, but the elements of its slices one by one: a large import is not held in
// memory once more as text. Fields tagged omitempty are left out when empty.
func (a *app) streamJSON(v any) error {
	w := bufio.NewWriter(a.stdout)
	s := reflect.ValueOf(v)
	sep := "{"
	for i := range s.NumField() {
		name, opts, _ := strings.Cut(s.Type().Field(i).Tag.Get("json"), ",")
		f := s.Field(i)
		if opts == "omitempty" && (f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0) {
			continue
		}
		w.WriteString(sep + "\n  \"" + name + "\": ")
		sep = ","
		if f.Kind() != reflect.Slice || f.Len() == 0 {
			if err := indented(w, f.Interface(), "  "); err != nil {
				return err
			}
			continue
		}
		for j := range f.Len() {
			w.WriteString(map[bool]string{true: "[\n    ", false: ",\n    "}[j == 0])
			if err := indented(w, f.Index(j).Interface(), "    "); err != nil {
				return err
			}
		}
		w.WriteString("\n  ]")
	}
	w.WriteString("\n}\n")
	return w.Flush()
}

// indented writes one value, its lines after the first behind prefix.
func indented(w *bufio.Writer, v any, prefix string) error {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.WriteString(strings.TrimSuffix(b.String(), "\n"))
	return err
}
