package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"perechen/internal/httpx"
	"perechen/internal/lang"
)

// templates give the pages of a language by name, each parsed together with the layout. Russian is parsed at the start;
// another language has the same files and is parsed when it is first asked for, so that the start does not wait for it.
type templates map[lang.Tag]func() (map[string]*template.Template, error)

// shared are the templates that every page may use.
var shared = []string{"templates/layout.html", "templates/parts.html"}

func loadTemplates(st *static) (templates, error) {
	ts := templates{}
	for _, tag := range lang.Tags {
		ts[tag] = sync.OnceValues(func() (map[string]*template.Template, error) { return parseTemplates(tag, st) })
	}
	_, err := ts[lang.Russian]()
	return ts, err
}

func parseTemplates(tag lang.Tag, st *static) (map[string]*template.Template, error) {
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	base, err := template.New("layout.html").Funcs(funcs(tag, st)).ParseFS(templateFiles, shared...)
	if err != nil {
		return nil, fmt.Errorf("web: templates: %w", err)
	}
	pages := map[string]*template.Template{}
	for _, f := range files {
		name := strings.TrimSuffix(path.Base(f), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(templateFiles, f)
		}
		if err != nil {
			return nil, fmt.Errorf("web: template %s: %w", name, err)
		}
		pages[name] = t
	}
	return pages, nil
}

// funcs are what templates may call: t is a text of the interface, num a grouped number, asset the address of a static
// file, clause a reference to a clause and anchor its place on the order's page; ru marks the register's own words on a page in another language, ui the interface's words among those.
func funcs(tag lang.Tag, st *static) template.FuncMap {
	attr := func(t lang.Tag) func() template.HTMLAttr {
		return func() template.HTMLAttr {
			if tag == lang.Russian {
				return ""
			}
			return template.HTMLAttr(` lang="` + string(t) + `"`)
		}
	}
	return template.FuncMap{
		"t":      tag.T,
		"num":    lang.Number,
		"asset":  st.asset,
		"clause": func(number string) string { return clauseText(tag, number) },
		"anchor": anchor,
		"ru":     attr(lang.Russian),
		"ui":     attr(tag),
	}
}

// render writes a page into memory first: what fails half way is never sent.
func (s *site) render(p page) (*httpx.Page, error) {
	f := p.base()
	pages, err := s.templates[f.Lang]()
	if err != nil {
		return nil, err
	}
	t, ok := pages[f.Page]
	if !ok {
		return nil, fmt.Errorf("web: no template %s", f.Page)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", p); err != nil {
		return nil, fmt.Errorf("web: page %s: %w", f.Page, err)
	}
	body := bytes.Clone(b.Bytes())
	return &httpx.Page{Type: "text/html; charset=utf-8", Body: body, Packed: pack(body)}, nil
}

// started tells builds apart that carry no revision.
var started = time.Now()

// revision names the build, so that a new program never says «not modified» about a page of an old one.
func revision() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		rev, clean := "", false
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				rev = s.Value
			case "vcs.modified":
				clean = s.Value == "false"
			}
		}
		if rev != "" && clean {
			return rev
		}
	}
	return strconv.FormatInt(started.UnixNano(), 36)
}
