package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"perechen/internal/httpx"
	"perechen/internal/lang"
)

// templates give the page of a language by its name, parsed together with the layout when it is first asked for: a start
// waits for no page but the one that is asked for. A test asks for them all.
type templates map[lang.Tag]map[string]func() (*template.Template, error)

// shared are the templates that every page may use.
var shared = []string{"templates/layout.html", "templates/parts.html", "templates/journey_parts.html"}

func loadTemplates(st *static) (templates, error) {
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	ts := templates{}
	for _, tag := range lang.Tags {
		base := sync.OnceValues(func() (*template.Template, error) {
			return template.New("layout.html").Funcs(funcs(tag, st)).ParseFS(templateFiles, shared...)
		})
		ts[tag] = map[string]func() (*template.Template, error){}
		for _, f := range files {
			if slices.Contains(shared, f) {
				continue
			}
			ts[tag][strings.TrimSuffix(path.Base(f), ".html")] = sync.OnceValues(func() (*template.Template, error) {
				t, err := base()
				if err == nil {
					t, err = t.Clone()
				}
				if err == nil {
					t, err = t.ParseFS(templateFiles, f)
				}
				if err != nil {
					return nil, fmt.Errorf("web: template %s: %w", f, err)
				}
				return t, nil
			})
		}
	}
	return ts, nil
}

// funcs are what templates may call: t is a text of the interface, num a grouped number, asset the address of a static
// file, clause a reference to a clause and anchor its place on the order's page; ru marks the register's own words on a page in another language, ui the interface's words among those,
// letters either, as the letters of a text tell.
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
		"letters": func(text string) template.HTMLAttr {
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
				return attr(lang.Russian)()
			}
			return attr(tag)()
		},
	}
}

// render writes a page into memory first: what fails half way is never sent.
func (s *site) render(p page) (*httpx.Page, error) {
	f := p.base()
	parse, ok := s.templates[f.Lang][f.Page]
	if !ok {
		return nil, fmt.Errorf("web: no template %s", f.Page)
	}
	t, err := parse()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	block := "layout"
	if part, ok := p.(interface{ block() string }); ok {
		block = part.block()
	}
	if err := t.ExecuteTemplate(&b, block, p); err != nil {
		return nil, fmt.Errorf("web: page %s: %w", f.Page, err)
	}
	body := bytes.Clone(b.Bytes())
	return &httpx.Page{Type: pageType, Body: body, Pack: packer(body)}, nil
}

// pageType is what a browser is told of every page.
const pageType = "text/html; charset=utf-8"

// revision names the build, so that a new program never says «not modified» about a page of an old one. A build that carries
// no clean revision is told by its file.
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
	if path, err := os.Executable(); err == nil {
		if f, err := os.Stat(path); err == nil {
			return strconv.FormatInt(f.ModTime().UnixNano(), 36) + "-" + strconv.FormatInt(f.Size(), 36)
		}
	}
	return strconv.FormatInt(time.Now().UnixNano(), 36)
}
