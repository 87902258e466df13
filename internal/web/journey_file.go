package web

import (
	"bytes"
	"net/http"
	"path"
	"slices"
	"strings"

	"perechen/internal/register"
)

// journeyFile makes the files of a journey (map.svg, map.png, map-a4.pdf, map-a3.pdf, table.docx, table.odt, table.xlsx) and of the
// list of journeys (list.*).
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
	st := State{Body: r.slug, N: r.view.N, Edition: r.view.Edition, On: r.day}
	s.sendFile(w, r, format, func(b *bytes.Buffer) (string, error) {
		if !list {
			return "путь-" + r.slug + "-" + j.Key, docs.Journey(r.Context(), b, st, j.Key, format, strings.TrimPrefix(name, "map-"))
		}
		var keys []string
		for _, x := range r.chosenJourneys(r.looker()) {
			keys = append(keys, x.Key)
		}
		note := ""
		if len(r.journeyValues()) > 0 {
			note = "Часть клиентских путей по отбору на странице."
		}
		return "пути-" + r.slug, docs.Journeys(r.Context(), b, st, keys, note, format)
	})
}
