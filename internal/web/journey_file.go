package web

import (
	"bytes"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"

	"perechen/internal/httpx"
	"perechen/internal/register"
)

// journeyFile makes the files of a journey (map.svg, map.png, map-a4.pdf, map-a3.pdf, table.docx, table.odt, table.xlsx) and of the
// list of journeys (list.*). A file is made whole before the first byte is sent.
func (s *site) journeyFile(w http.ResponseWriter, hr *http.Request) {
	docs, ok := s.documents.(JourneyDocuments)
	name, format, _ := strings.Cut(path.Base(hr.URL.Path), ".")
	list := hr.PathValue("key") == ""
	known := list
	for n, formats := range map[string][]string{"map": {"svg", "png"}, "map-a4": {"pdf"}, "map-a3": {"pdf"}, "table": {"docx", "odt", "xlsx"}} {
		known = known || n == name && slices.Contains(formats, format)
	}
	if !ok || !known {
		s.notFound(w, hr)
		return
	}
	r, err := s.open(w, hr, slices.Concat(journeyParams, viewParams))
	if err == nil {
		err = s.look(r)
	}
	var j register.Journey
	if err == nil && !list {
		if j, ok = r.snap.reg.Journey(hr.PathValue("key")); !ok {
			err = notFound("")
		}
	}
	if err == nil && r.view.N == 0 {
		err = notFound("")
	}
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	select {
	case s.making <- struct{}{}:
		defer func() { <-s.making }()
	case <-hr.Context().Done():
		return
	}
	var b bytes.Buffer
	st := State{Body: r.slug, N: r.view.N, Edition: r.view.Edition, On: r.day}
	title := "путь-" + r.slug + "-" + j.Key
	if list {
		title = "пути-" + r.slug
		var keys []string
		for _, x := range r.chosenJourneys(r.looker()) {
			keys = append(keys, x.Key)
		}
		note := ""
		if len(r.journeyValues()) > 0 {
			note = "Часть клиентских путей по отбору на странице."
		}
		err = docs.Journeys(r.Context(), &b, st, keys, note, format)
	} else {
		err = docs.Journey(r.Context(), &b, st, j.Key, format, strings.TrimPrefix(name, "map-"))
	}
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	kind := documentTypes[format]
	switch format {
	case "svg":
		kind = "image/svg+xml"
	case "png":
		kind = "image/png"
	}
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": title + "." + format}))
	httpx.Send(w, hr, &httpx.Page{Type: kind, Body: b.Bytes()})
}
