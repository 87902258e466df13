package procedure

import (
	"fmt"
	"strings"

	"perechen/internal/lang"
)

// verifyText: the clauses that items cite exist, and the words they quote stand there.
func (t *tree) verifyText(p *Procedure) {
	t.cited(p, "client.clause", p.Client.Clause)
	for i, v := range p.Topics {
		t.cited(p, fmt.Sprintf("topics[%d].clause", i), v.Clause)
	}
	for i, d := range p.Departments {
		t.cited(p, fmt.Sprintf("departments[%d].clause", i), d.Clause)
	}
	for i, k := range p.Kinds {
		t.cited(p, fmt.Sprintf("channel_kinds[%d].clause", i), k.Clause)
	}
	for i, b := range p.Basis {
		t.quoted(p, fmt.Sprintf("basis[%d]", i), "quote", b.Quote, b.Clause, 0)
	}
	t.quoted(p, "process_register", "quote", p.Processes.Quote, p.Processes.Clause, 0)
	for i, n := range p.Needs {
		t.quoted(p, fmt.Sprintf("needs[%d]", i), "text", n.Text, n.Clause, n.Item)
	}
	for i, v := range p.Principles {
		t.quoted(p, fmt.Sprintf("principles[%d]", i), "text", v.Text, v.Clause, v.Item)
	}
	for i, k := range p.KeyPoints {
		t.quoted(p, fmt.Sprintf("key_points[%d]", i), "text", k.Text, k.Clause, k.Item)
	}
	for i, d := range p.Declared {
		path := fmt.Sprintf("declared_points[%d]", i)
		t.quoted(p, path, "quote", d.Quote, d.Clause, d.Item)
		t.quoted(p, path, "value", d.Value, d.Clause, d.Item)
		t.quoted(p, path, "place", d.Place, d.Clause, 0)
	}
	for i, r := range p.Reception {
		path := fmt.Sprintf("reception[%d]", i)
		t.quoted(p, path, "hours", r.Hours, r.Clause, r.Item)
		t.quoted(p, path, "place", r.Place, r.Clause, 0)
	}
	for i, r := range p.Roles {
		t.cited(p, fmt.Sprintf("roles[%d].clause", i), r.Clause)
		for j, d := range r.Duties {
			t.quoted(p, fmt.Sprintf("roles[%d].duties[%d]", i, j), "text", d.Text, d.Clause, d.Item)
		}
	}
	t.cited(p, "actualisation.clause", p.Actualise.Clause)
	if p.Feedback.Clause != "" {
		t.cited(p, "feedback.clause", p.Feedback.Clause)
	}
	for i, g := range p.Actualise.Grounds {
		t.quoted(p, fmt.Sprintf("actualisation.grounds[%d]", i), "text", g.Text, g.Clause, g.Item)
	}
	if p.Report != nil {
		t.cited(p, "report.clause", p.Report.Clause)
	}
	for i, a := range p.Appendices {
		t.cited(p, fmt.Sprintf("appendices[%d].clause", i), a.Clause)
		t.cited(p, fmt.Sprintf("appendices[%d].mentioned_in", i), a.MentionedIn)
	}
}

// cited asks for a clause of the text.
func (t *tree) cited(p *Procedure, path, number string) bool {
	if number == "" {
		return false
	}
	if _, ok := p.ClauseByNumber(number); !ok {
		t.at(path, fmt.Sprintf("ожидался пункт, который есть в тексте (поле text), а «%s» там нет", number))
		return false
	}
	return true
}

// quoted asks for words in a clause of the text, in its paragraph item if that is not 0. Case, spaces and the make of
// quotation marks and dashes do not matter.
func (t *tree) quoted(p *Procedure, path, field, quote, number string, item int) {
	if quote == "" || !t.cited(p, path+".clause", number) {
		return
	}
	c, _ := p.ClauseByNumber(number)
	paragraphs := c.Paragraphs
	if item > len(paragraphs) {
		t.at(path+".item", fmt.Sprintf("ожидался абзац от 1 до %d: столько их в пункте «%s»", len(paragraphs), number))
		return
	}
	if item > 0 {
		paragraphs = paragraphs[item-1 : item]
	}
	where := CiteItem(number, item)
	folded, ok := t.texts[where]
	if !ok {
		folded = lang.Fold(strings.Join(paragraphs, " "))
		t.texts[where] = folded
	}
	if !strings.Contains(folded, lang.Fold(quote)) {
		t.at(path+"."+field, fmt.Sprintf("ожидались слова текста дословно (%s): «%s»", where, excerpt(strings.Join(paragraphs, " "))))
	}
}

func excerpt(text string) string {
	if r := []rune(text); len(r) > 120 {
		return strings.TrimSpace(string(r[:120])) + "…"
	}
	return text
}
