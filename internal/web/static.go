package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strings"

	"perechen/internal/httpx"
)

//go:embed static/site.css static/site.js static/icon.svg static/fonts/*.woff2 static/fonts/LICENSE.txt
var staticFiles embed.FS

//go:embed templates/*.html
var templateFiles embed.FS

// static serves the style sheet, the script, the icon and the fonts under names that hold a hash of their content, so that
// a browser may keep them for ever.
type static struct {
	byName map[string]*httpx.Page // «site.1a2b3c4d.css»
	hashed map[string]string      // «site.css» → «/static/site.1a2b3c4d.css»
	build  string                 // hash of everything that pages are made of
}

var staticTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

// loadStatic names all files. The fonts come first, because the style sheet names them.
func loadStatic() (*static, error) {
	st := &static{byName: map[string]*httpx.Page{}, hashed: map[string]string{}}
	files, err := fs.Glob(staticFiles, "static/fonts/*")
	if err != nil {
		return nil, err
	}
	all := sha256.New()
	for _, f := range append(files, "static/icon.svg", "static/site.js", "static/site.css") {
		body, err := staticFiles.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("web: static files: %w", err)
		}
		name := strings.TrimPrefix(f, "static/")
		ext := path.Ext(name)
		if ext == ".css" {
			text := string(body)
			for plain, address := range st.hashed {
				text = strings.ReplaceAll(text, `url("`+plain+`")`, `url("`+address+`")`)
			}
			body = []byte(text)
		}
		sum := sha256.Sum256(body)
		hashed := strings.TrimSuffix(path.Base(name), ext) + "." + hex.EncodeToString(sum[:4]) + ext
		p := &httpx.Page{Type: staticTypes[ext], Body: body}
		if ext != ".woff2" {
			p.Pack = packer(body)
		}
		st.byName[hashed] = p
		st.hashed[name] = "/static/" + hashed
		all.Write(sum[:])
	}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	for _, n := range names {
		b, err := templateFiles.ReadFile(n)
		if err != nil {
			return nil, err
		}
		all.Write(b)
	}
	st.build = revision() + hex.EncodeToString(all.Sum(nil)[:8])
	return st, nil
}

// asset is the address of a static file, for templates.
func (st *static) asset(name string) (string, error) {
	if a, ok := st.hashed[name]; ok {
		return a, nil
	}
	return "", fmt.Errorf("web: no static file %s", name)
}

func (st *static) serve(w http.ResponseWriter, r *http.Request, name string) {
	p, ok := st.byName[name]
	if !ok {
		http.Error(w, "Такого файла нет", http.StatusNotFound)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	httpx.Send(w, r, p)
}

// favicon answers browsers that ask for one without reading the page.
func (st *static) favicon(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, st.hashed["icon.svg"], http.StatusFound)
}
