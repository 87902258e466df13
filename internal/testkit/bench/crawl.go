package main

import (
	"cmp"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
)

// ofAKind is how many addresses of one kind are asked for: a register has thousands of points, and their pages are alike.
const ofAKind = 12

// A visited is one page that was asked for, by the kind of its address.
type visited struct {
	kind, address string
	took          time.Duration
}

// crawl follows the links from the starts and asks for up to ofAKind pages of each kind, each for the first time: rendered,
// not sent from memory. Documents are left out, they have rows of their own. It gives the slowest of each kind, the slowest
// in front.
func crawl(h http.Handler, cookie string, starts ...string) ([]visited, error) {
	queue, seen, asked := slices.Clone(starts), map[string]bool{}, map[string]int{}
	slowest := map[string]visited{}
	for len(queue) > 0 {
		address := queue[0]
		queue = queue[1:]
		kind := kindOf(address)
		if seen[address] || asked[kind] > ofAKind {
			continue
		}
		seen[address] = true
		r := httptest.NewRequest(http.MethodGet, address, nil)
		if cookie != "" {
			r.Header.Set("Cookie", cookie)
		}
		rec := httptest.NewRecorder()
		start := time.Now()
		h.ServeHTTP(rec, r)
		took := time.Since(start)
		switch {
		case rec.Code == http.StatusFound || rec.Code == http.StatusSeeOther || rec.Code == http.StatusMovedPermanently:
			queue = append(queue, rec.Header().Get("Location"))
			continue
		case rec.Code != http.StatusOK:
			return nil, fmt.Errorf("%s: %d", address, rec.Code)
		case !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html"):
			continue
		}
		asked[kind]++
		if took > slowest[kind].took {
			slowest[kind] = visited{kind, address, took}
		}
		base, err := url.Parse(address)
		if err != nil {
			return nil, err
		}
		for _, m := range links.FindAllStringSubmatch(rec.Body.String(), -1) {
			u, err := base.Parse(html.UnescapeString(m[1]))
			if err != nil || u.Scheme != "" || u.Host != "" || document.MatchString(u.Path) {
				continue
			}
			u.Fragment, u.RawFragment = "", ""
			queue = append(queue, u.String())
		}
	}
	var all []visited
	for _, v := range slowest {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b visited) int { return cmp.Or(cmp.Compare(b.took, a.took), cmp.Compare(a.kind, b.kind)) })
	return all, nil
}

var (
	links    = regexp.MustCompile(`<a\b[^>]*\bhref="([^"]*)"`)
	document = regexp.MustCompile(`\.(docx|odt|xlsx|csv|pdf|svg|png|json|txt)$`)
	named    = regexp.MustCompile(`[0-9.]`)
)

// kindOf is an address without what names one thing among many, and without the values of its parameters.
func kindOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	steps := strings.Split(u.Path, "/")
	for i, s := range steps {
		if i > 1 && named.MatchString(s) {
			steps[i] = "*"
		}
	}
	var params []string
	for p := range u.Query() {
		params = append(params, p)
	}
	slices.Sort(params)
	return strings.TrimSuffix(strings.Join(steps, "/")+"?"+strings.Join(params, "&"), "?")
}
