package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"perechen/internal/httpx"
)

// shellFiles are what every page for clients needs.
var shellFiles = []string{"site.css", "site.js", "icon.svg", "icon-192.png", "fonts/perechen-serif-bold.woff2"}

func (s *site) pwaRoutes(mux router) {
	mux.HandleFunc("/sw.js", s.onlyRead(s.serviceWorker))
	mux.HandleFunc("/{body}/manifest.webmanifest", s.onlyRead(s.manifest))
}

// serviceWorker is the script that keeps opened pages for when there is no network. It differs from build to build, so a browser
// takes the new one by itself and drops what the old one kept.
func (s *site) serviceWorker(w http.ResponseWriter, hr *http.Request) {
	code, err := staticFiles.ReadFile("static/sw.js")
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	var shell []string
	for _, name := range shellFiles {
		address, err := s.static.asset(name)
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		shell = append(shell, address)
	}
	list, _ := json.Marshal(shell) // strings
	version, _ := json.Marshal(s.static.build)
	text := strings.Replace(strings.Replace(string(code), "= \"shell-\" + VERSION", "= \"shell-\" + "+string(version), 1), "= \"pages-\" + VERSION", "= \"pages-\" + "+string(version), 1)
	text = strings.Replace(text, "addAll(SHELL)", "addAll("+string(list)+")", 1)
	w.Header().Set("Cache-Control", "no-cache")
	httpx.Send(w, hr, &httpx.Page{Type: "text/javascript; charset=utf-8", Body: []byte(text)})
}

// manifest lets a body's pages for clients be put on the screen of a telephone.
func (s *site) manifest(w http.ResponseWriter, hr *http.Request) {
	r, err := s.open(w, hr, nil)
	if err == nil {
		err = s.look(r)
	}
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	type icon struct {
		Src     string `json:"src"`
		Sizes   string `json:"sizes"`
		Type    string `json:"type"`
		Purpose string `json:"purpose,omitempty"`
	}
	at := func(name string) string { address, _ := s.static.asset(name); return address } // a test reads it
	f := frame{home: "/" + url.PathEscape(r.slug) + "/"}
	out, err := json.Marshal(struct {
		ID         string `json:"id"`
		Name       string `json:"name"`
		ShortName  string `json:"short_name"`
		Lang       string `json:"lang"`
		Start      string `json:"start_url"`
		Scope      string `json:"scope"`
		Display    string `json:"display"`
		Background string `json:"background_color"`
		Theme      string `json:"theme_color"`
		Icons      []icon `json:"icons"`
	}{f.with(nil, "find"), r.lang.T("pwa.name", shortName(&r.snap.reg.Organisation)), r.lang.T("find.title"), string(r.lang), f.with(nil, "find"), f.home, "standalone", "#faf8f3", "#0b4f8a", []icon{
		{at("icon-192.png"), "192x192", "image/png", ""}, {at("icon-512.png"), "512x512", "image/png", ""}, {at("icon-mask.png"), "512x512", "image/png", "maskable"}}})
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	httpx.Send(w, hr, &httpx.Page{Type: "application/manifest+json", Body: out})
}
