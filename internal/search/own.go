package search

import (
	"fmt"
	"slices"
	"strings"

	"perechen/internal/lang"
)

// A PhraseFault is what is wrong with one line of a body's own wordings, from 1.
type PhraseFault struct {
	Line int
	Text string
}

// CheckPhrases tells what is wrong with the lines that a body adds, each as ParsePhrases reads it: a line that cannot be read,
// the same wording explained twice, and wordings that lead back to themselves («а = б» and «б = а»).
func CheckPhrases(lines []string) []PhraseFault {
	var faults []PhraseFault
	first := map[string]int{}
	leads := map[string][]string{}
	at := map[string]int{}
	for i, line := range lines {
		say := func(format string, args ...any) {
			faults = append(faults, PhraseFault{i + 1, fmt.Sprintf(format, args...)})
		}
		if _, err := ParsePhrases(line); err != nil {
			_, text, _ := strings.Cut(err.Error(), ": ")
			say("%s", text)
			continue
		}
		plain, _, _ := strings.Cut(line, "#")
		left, right, directed := strings.Cut(plain, "=")
		if strings.Contains(right, "=") {
			say("знак «=» в строке один")
			continue
		}
		from, _ := wordings(left) // read a moment ago
		to, _ := wordings(right)
		for _, ws := range from {
			w := strings.Join(ws, " ")
			if n, twice := first[w]; twice {
				say("«%s» уже объяснено в строке %d: допишите значения туда", w, n)
			}
			first[w] = i + 1
			if !directed {
				continue
			}
			at[w] = i + 1
			for _, x := range to {
				leads[w] = append(leads[w], strings.Join(x, " "))
			}
		}
	}
	for w, line := range at {
		if loops(leads, w) {
			faults = append(faults, PhraseFault{line, fmt.Sprintf("«%s» через другие строки приводит к самому себе: напишите эти слова одной строкой через запятую, без «=»", w)})
		}
	}
	slices.SortStableFunc(faults, func(a, b PhraseFault) int { return a.Line - b.Line })
	return faults
}

// loops tells whether a wording leads back to itself through those that it means.
func loops(leads map[string][]string, w string) bool {
	seen := map[string]bool{}
	queue := leads[w]
	for len(queue) > 0 {
		x := queue[0]
		queue = queue[1:]
		if x == w {
			return true
		}
		if !seen[x] {
			seen[x] = true
			queue = append(queue, leads[x]...)
		}
	}
	return false
}

// Said are the wordings on the left of a line, as a person would type them.
func Said(line string) []string {
	line, _, _ = strings.Cut(line, "#")
	left, _, _ := strings.Cut(line, "=")
	var all []string
	for part := range strings.SplitSeq(left, ",") {
		if ws := lang.Words(part); len(ws) > 0 {
			all = append(all, strings.Join(ws, " "))
		}
	}
	return all
}

// Own are the wordings of some lines; a line that cannot be read says nothing.
func Own(lines []string) *Phrases {
	var good []string
	for _, line := range lines {
		if _, err := ParsePhrases(line); err == nil {
			good = append(good, line)
		}
	}
	p, err := ParsePhrases(strings.Join(good, "\n"))
	if err != nil {
		return nil // each of them was read
	}
	return p
}
