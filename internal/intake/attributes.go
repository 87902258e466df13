package intake

import (
	"slices"
	"strings"

	"perechen/internal/lang"
)

var markup = lang.Expression(`</?[a-zA-Z]{1,8}>`)

// attributeColumns finds the columns «Тип признака», «Признак», «Значение признака» in a row; ok is false without the
// last two.
func attributeColumns(texts []string) (kind, title, value int, ok bool) {
	kind, title, value = -1, -1, -1
	for c, t := range texts {
		w := lang.Stems(t)
		has := func(word string) bool { return slices.Contains(w, lang.Stem(word)) }
		switch {
		case !has("признак") || len(w) > 4:
		case has("тип") || has("группа") || has("вид") || has("категория"):
			kind = c
		case has("значение"):
			value = c
		case title < 0:
			title = c
		}
	}
	return kind, title, value, title >= 0 && value >= 0
}

// marksColumn finds the column that says what a profile may do with an attribute: «Отметки», «Примечание»; -1 without one.
func marksColumn(texts []string) int {
	for c, t := range texts {
		switch strings.TrimRight(lang.Fold(t), " .:") {
		case "отметки", "отметка", "особые отметки", "примечание", "примечания":
			return c
		}
	}
	return -1
}

// rowTexts are the texts of a row by column; a vertical merge gives nothing to the rows below.
func rowTexts(t table, r int) []string {
	cells := t.Rows[r].Cells
	out := make([]string, len(cells))
	for i := range cells {
		text := cells[i].String()
		if t.format == "txt" {
			text = markup().ReplaceAllString(text, "")
		}
		out[i] = clean(text)
	}
	return out
}

// segmentHead tells a table that begins a dictionary of attributes or a profile.
func segmentHead(t table) bool {
	if len(t.Rows) == 0 {
		return false
	}
	if _, _, _, ok := attributeColumns(rowTexts(t, 0)); ok {
		return true
	}
	return profileHead(t)
}

// segmentation reads the tables of segmentation: the dictionary of attributes and the profiles of clients.
func segmentation(d *Draft, ts []table, found located, f *findings) {
	var group string
	s := &segments{d: d, f: f, keys: newKeyring()}
	for i, t := range ts {
		if found.used[t.index] {
			continue
		}
		lines := t.before
		if i == 0 { // all the text of an order may stand above: only a heading right before the profiles counts
			lines = headingBefore(lines)
		}
		for _, line := range lines {
			switch folded := lang.Fold(line); {
			case strings.HasPrefix(folded, noGroup):
				group = ""
			case !strings.HasPrefix(folded, "профил") && len(line) < 200 && !strings.HasPrefix(folded, "признаки"):
				group = line
			}
		}
		s.table(t, group)
	}
}

// nextLine is the text of the first row below r that is not empty, if it stands alone there.
func nextLine(t table, r int) string {
	for r++; r < len(t.Rows); r++ {
		line := ""
		for _, x := range rowTexts(t, r) {
			if x != "" && line != "" {
				return ""
			}
			if x != "" {
				line = x
			}
		}
		if line != "" {
			return oneLine(line)
		}
	}
	return ""
}

// noGroup begins the heading of profiles that belong to no direction.
const noGroup = "профили без направления"

// headingBefore gives the line above «Профили клиентского сегмента» where that stands right before a table; nothing otherwise.
func headingBefore(lines []string) []string {
	n := len(lines)
	if n == 0 || !strings.HasPrefix(lang.Fold(lines[n-1]), "профил") {
		return nil
	}
	if n > 1 && !strings.ContainsAny(lines[n-2][len(lines[n-2])-1:], ".;:,") {
		return lines[n-2:]
	}
	return nil
}

type segments struct {
	d    *Draft
	f    *findings
	keys *keyring

	kind, title, value int // columns of the dictionary that is being read
	marks              int // column of marks, -1 without one
	width              int
	last               string // type of the attribute above
	open               bool
	profile            bool // a profile is being read
	part               string
	ends               bool // the list of the attribute above ended in a separator
}

// table reads a table as a dictionary or as profiles, or as what goes on from the one before.
func (s *segments) table(t table, group string) {
	for r := range t.Rows {
		texts := rowTexts(t, r)
		filled := 0
		for _, x := range texts {
			if x != "" {
				filled++
			}
		}
		if filled == 0 {
			continue
		}
		if filled == 1 {
			next, following := nextLine(t, r), oneLine(strings.Join(texts, ""))
			switch alone := lang.Fold(following); {
			case strings.HasPrefix(alone, "всего: "): // what stands below it is about the page
				s.open, s.profile = false, false
				continue
			case part(next) == partValues:
				s.startProfile(texts, t.source(r, ""), group)
				continue
			case strings.HasPrefix(alone, noGroup):
				group, s.profile = "", false
				continue
			case strings.HasPrefix(alone, "профил") && part(nextLine(t, r+1)) == partValues:
				s.profile = false
				continue
			case strings.HasPrefix(lang.Fold(next), "профил") && !strings.HasSuffix(alone, ".") && r+2 < len(t.Rows) && part(nextLine(t, r+2)) == partValues:
				group, s.profile = following, false // «Ведение бухгалтерского учета | Профили … | title | Основные признаки», all in one sheet
				continue
			}
		}
		if k, n, v, ok := attributeColumns(texts); ok {
			s.kind, s.title, s.value, s.width = k, n, v, len(texts)
			s.marks = marksColumn(texts)
			if !s.open || r == 0 && !t.follow { // headings that are repeated on a page do not end a group
				s.last = ""
			}
			s.open, s.profile = true, false
			continue
		}
		switch {
		case s.profile && (t.follow || r > 0) && len(texts) <= 4:
			s.profileRow(t, r, texts)
		case s.open && len(texts) == s.width && (r > 0 || t.follow):
			s.attributeRow(t, r, texts)
		case r == 0:
			s.open, s.profile = false, false
		}
	}
}
