package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"perechen/internal/httpx"
)

//go:embed static/site.css static/site.js static/sw.js static/*.png static/icon.svg static/fonts/*.woff2 static/fonts/LICENSE.txt
var staticFiles embed.FS

//go:embed templates/*.html
var templateFiles embed.FS

// static serves the style sheet, the script, the icon and the fonts under names that hold a hash of their content, so that
// a browser may keep them for ever.
type static struct {
	build string             // names the build of the program, and with it everything that pages are made of
	files func() hashedFiles // named when the first page or file is asked for
}

type hashedFiles struct {
	pages map[string]*httpx.Page // «site.1a2b3c4d.css»
	at    map[string]string      // «site.css» → «/static/site.1a2b3c4d.css»
}

var staticTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".woff2": "font/woff2", ".png": "image/png", ".txt": "text/plain; charset=utf-8",
}

func newStatic() *static { return &static{revision(), sync.OnceValue(hashFiles)} }

// hashFiles names all files. The fonts come first, because the style sheet names them. It panics on a file that is not in
// the program, which no build leaves out.
func hashFiles() hashedFiles {
	h := hashedFiles{map[string]*httpx.Page{}, map[string]string{}}
	files, err := fs.Glob(staticFiles, "static/fonts/*")
	if err != nil {
		panic(err)
	}
	for _, f := range append(files, "static/icon.svg", "static/icon-192.png", "static/icon-512.png", "static/icon-mask.png", "static/site.js", "static/site.css") {
		body, err := staticFiles.ReadFile(f)
		if err != nil {
			panic(err)
		}
		name := strings.TrimPrefix(f, "static/")
		ext := path.Ext(name)
		if ext == ".css" {
			text := string(body)
			for plain, address := range h.at {
				text = strings.ReplaceAll(text, `url("`+plain+`")`, `url("`+address+`")`)
			}
			body = []byte(text)
			for size, times := range largerSheets {
				h.add("site-"+size+".css", []byte(larger(text, size, times)))
			}
		}
		h.add(name, body)
	}
	return h
}

// add names a file by its content.
func (h hashedFiles) add(name string, body []byte) {
	ext := path.Ext(name)
	sum := sha256.Sum256(body)
	hashed := strings.TrimSuffix(path.Base(name), ext) + "." + hex.EncodeToString(sum[:4]) + ext
	p := &httpx.Page{Type: staticTypes[ext], Body: body}
	if ext != ".woff2" && ext != ".png" {
		p.Pack = packer(body)
	}
	h.pages[hashed] = p
	h.at[name] = "/static/" + hashed
}

// largerSheets are the style sheets for larger letters, by how many times larger (see look).
var largerSheets = map[string]float64{"large": 1.4, "huge": 2}

// larger makes the style sheet for larger letters. All lengths are measured by the letter, but a condition on the width of
// the window is not: letters twice as large need the layout of a window half as wide.
func larger(css, size string, times float64) string {
	widths := regexp.MustCompile(`((?:min|max)-width: *)(\d+)px`)
	css = widths.ReplaceAllStringFunc(css, func(condition string) string {
		m := widths.FindStringSubmatch(condition)
		px, _ := strconv.ParseFloat(m[2], 64) // digits, as matched
		return m[1] + strconv.FormatFloat(px*times, 'f', -1, 64) + "px"
	})
	return strings.Replace(css, "@media print{", fmt.Sprintf("html[data-size=%s]{font-size:%.4grem}\n@media print{", size, 1.0625*times), 1)
}

// asset is the address of a static file, for templates.
func (st *static) asset(name string) (string, error) {
	if a, ok := st.files().at[name]; ok {
		return a, nil
	}
	return "", fmt.Errorf("web: no static file %s", name)
}

func (st *static) serve(w http.ResponseWriter, r *http.Request, name string) {
	p, ok := st.files().pages[name]
	if !ok {
		http.Error(w, "Такого файла нет", http.StatusNotFound)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	httpx.Send(w, r, p)
}

// favicon answers browsers that ask for one without reading the page.
func (st *static) favicon(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, st.files().at["icon.svg"], http.StatusFound)
}
