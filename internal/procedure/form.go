package procedure

import (
	"slices"
	"strings"

	"perechen/internal/lang"
)

// Form gives the form in which the body prints its register: the order's own, else the common one (own is false), with
// the body's and the client's names in its title.
func (p *Procedure) Form() (form Report, own bool) {
	if p.Report != nil {
		return *p.Report, true
	}
	c := common()
	client := p.Client.Instrumental
	if client == "" {
		client = "клиентом"
	}
	names := strings.NewReplacer("{holder}", strings.ToUpper(p.Holder.Genitive), "{client}", strings.ToUpper(client))
	for _, line := range c.title {
		form.Title = append(form.Title, names.Replace(line))
	}
	for _, field := range c.form {
		i := slices.IndexFunc(c.columns, func(col commonColumn) bool { return col.Field == field })
		col := c.columns[i]
		form.Columns = append(form.Columns, Column{Heading: col.Heading, Field: col.Field, Width: col.Width, Group: col.Group})
	}
	return form, false
}

// Cite names a clause in a sentence: «пункт 3.2», «раздел 3», «приказ, пункт 1», «преамбула».
func Cite(number string) string {
	switch {
	case number == "" || number[0] < '0' || number[0] > '9':
		return number
	case strings.Contains(number, "."):
		return "пункт " + number
	}
	return "раздел " + number
}

// CiteItem names a paragraph of a clause, its first line being 1: «пункт 3.2, абзац 2»; the clause alone when item is 0.
func CiteItem(number string, item int) string {
	if item <= 0 {
		return Cite(number)
	}
	return Cite(number) + ", абзац " + lang.Number(int64(item))
}
