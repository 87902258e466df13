package cli

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// A list gives its elements one by one: those of a large import are not held in memory once more.
type list[T any] struct {
	n  int
	at func(i int) T
}

func listOf[T any](s []T) list[T] { return list[T]{len(s), func(i int) T { return s[i] }} }

func (l list[T]) size() int         { return l.n }
func (l list[T]) element(i int) any { return l.at(i) }

// streamJSON writes a struct, the elements of its slices and lists one by one, each in a line of its own. Fields tagged
// omitempty are left out when empty.
func (a *app) streamJSON(v any) error {
	w := a.stdout
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	put := func(v any) error {
		b.Reset()
		if err := e.Encode(v); err != nil {
			return err
		}
		_, err := w.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
		return err
	}
	s := reflect.ValueOf(v)
	sep := "{"
	for i := range s.NumField() {
		name, opts, _ := strings.Cut(s.Type().Field(i).Tag.Get("json"), ",")
		f := s.Field(i)
		n, element := -1, func(j int) any { return f.Index(j).Interface() }
		if f.Kind() == reflect.Slice {
			n = f.Len()
		} else if l, ok := f.Interface().(interface {
			size() int
			element(i int) any
		}); ok {
			n, element = l.size(), l.element
		}
		if opts == "omitempty" && (f.IsZero() || n == 0) {
			continue
		}
		w.WriteString(sep + "\n  \"" + name + "\": ")
		sep = ","
		switch n {
		case -1:
			if err := put(f.Interface()); err != nil {
				return err
			}
		case 0:
			w.WriteString("[]")
		default:
			for j := range n {
				w.WriteString(map[bool]string{true: "[\n    ", false: ",\n    "}[j == 0])
				if err := put(element(j)); err != nil {
					return err
				}
			}
			w.WriteString("\n  ]")
		}
	}
	w.WriteString("\n}\n")
	return nil
}
