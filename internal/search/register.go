package search

import (
	"strings"

	"perechen/internal/register"
)

// Kinds of documents that FromRegister makes.
const (
	KindProcess = "process"
	KindPoint   = "touchpoint"
	KindForm    = "form"
	KindBlank   = "blank" // a form with a file
	KindJourney = "journey"
)

// FromRegister makes the documents of one state of a register: its processes, its points and the forms handed out. A process
// is also found by what is done in it and by who answers, a point by what it serves.
func FromRegister(r *register.Register) []Document {
	departments := map[string]string{}
	for _, d := range r.Departments {
		departments[d.Key] = d.Title
	}
	byProcess, byPoint := map[string][]register.Usage{}, map[string][]register.Usage{}
	for _, u := range r.Usages {
		byProcess[u.Process] = append(byProcess[u.Process], u)
		byPoint[u.Touchpoint] = append(byPoint[u.Touchpoint], u)
	}
	titles := map[string]string{}
	var docs []Document
	for _, p := range r.Processes {
		titles[p.Key] = p.Title
		docs = append(docs, Document{Kind: KindProcess, Key: p.Key, Weight: 1.4, Fields: []Field{
			{p.Title, 1}, {p.Direction, 0.5}, {departments[p.Department], 0.3}, {said(byProcess[p.Key]), 0.5},
		}})
	}
	for _, t := range r.Touchpoints {
		var served []string
		for _, u := range byPoint[t.Key] {
			served = append(served, titles[u.Process])
		}
		docs = append(docs, Document{Kind: KindPoint, Key: t.Key, Fields: []Field{
			{t.Text(), 1}, {t.Contact, 0.8}, {t.Place, 0.5}, {departments[t.Department], 0.5}, {distinct(served), 0.15}, {said(byPoint[t.Key]), 0.1},
		}})
	}
	seen := map[string]bool{}
	for _, u := range r.Usages {
		for _, f := range u.Forms {
			if key := u.Process + "\n" + f; !seen[key] {
				seen[key] = true
				docs = append(docs, Document{Kind: KindForm, Key: key, Weight: 0.9, Fields: []Field{{f, 1}, {titles[u.Process], 0.4}}})
			}
		}
	}
	for _, b := range r.Forms {
		var served []string
		for _, p := range b.Processes {
			served = append(served, titles[p])
		}
		docs = append(docs, Document{Kind: KindBlank, Key: b.Key, Weight: 0.85, Fields: []Field{{b.Title, 1}, {distinct(served), 0.2}}})
	}
	for _, j := range r.Journeys {
		var served []string
		for _, p := range j.Processes {
			served = append(served, titles[p])
		}
		docs = append(docs, Document{Kind: KindJourney, Key: j.Key, Weight: 0.8, Fields: []Field{{j.Title, 1}, {distinct(served), 0.3}}})
	}
	return docs
}

// said is everything that usages say, each sentence once.
func said(us []register.Usage) string {
	var all []string
	for _, u := range us {
		all = append(all, u.Text)
		for _, n := range u.Needs {
			all = append(all, n.Text)
		}
		all = append(all, u.Forms...)
	}
	return distinct(all)
}

func distinct(texts []string) string {
	seen := map[string]bool{}
	var b strings.Builder
	for _, t := range texts {
		if t != "" && !seen[t] {
			seen[t] = true
			b.WriteString(t + "\n")
		}
	}
	return b.String()
}
