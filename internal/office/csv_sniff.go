package office

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// separator finds out whether the beginning of a text is CSV, and by what its fields are separated; 0 when it is not CSV.
// Text with tabs is left to the reader of plain text, which makes the same table of them, unless quoted cells run over
// lines. A file that is called .csv needs less likeness.
func separator(sample []byte, named bool) rune {
	if rest, ok := bytes.CutPrefix(sample, []byte("sep=")); ok && len(rest) > 1 && (rest[1] == '\r' || rest[1] == '\n') && rest[0] != '"' && rest[0] < 0x80 {
		return rune(rest[0])
	}
	best, most := rune(0), 0.0
	for _, comma := range []rune{';', '\t', ',', '|'} {
		if comma == '|' && !named {
			continue // a drawn table
		}
		like, multiline := likeness(sample, comma)
		if comma == '\t' && !named && !multiline {
			if like > most { // tabs are the better explanation: a plain text
				best, most = 0, like
			}
			continue
		}
		if like > most {
			best, most = comma, like
		}
	}
	if named && most > 0 || most >= 0.75 {
		return best
	}
	return 0
}

// likeness is the share of the records that have the most frequent number of fields, if that is at least two. Prose has
// separators too: with a space after them, or at the ends of lines only; and a number of two is believed less. multiline
// tells of line ends inside quoted fields.
func likeness(sample []byte, comma rune) (like float64, multiline bool) {
	if i := bytes.LastIndexByte(sample, '\n'); i > 0 {
		sample = sample[:i]
	}
	c := csv.NewReader(bytes.NewReader(sample))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord, c.ReuseRecord = comma, true, -1, true
	counts := map[int]int{}
	records, rich, spaced, all := 0, 0, 0, 0
	for records < 200 {
		fields, err := c.Read()
		if err != nil {
			break
		}
		records++
		counts[len(fields)]++
		filled := 0
		for i, f := range fields {
			multiline = multiline || strings.Contains(f, "\n")
			if strings.TrimSpace(f) != "" {
				filled++
			}
			if i > 0 {
				all++
				if strings.HasPrefix(f, " ") {
					spaced++
				}
			}
		}
		if filled > 1 {
			rich++
		}
	}
	fields, times := 0, 0
	for n, k := range counts {
		if n > 1 && (k > times || k == times && n > fields) {
			fields, times = n, k
		}
	}
	if fields < 2 || rich*2 < records {
		return 0, false
	}
	like = float64(times) / float64(records)
	if fields == 2 || records < 2 {
		like *= 0.8
	}
	if comma != '\t' {
		like *= 1 - float64(spaced)/float64(all)
	}
	return like, multiline
}
