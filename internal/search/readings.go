package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
)

// readings are the ways in which a query may have been meant: as it stands, in the other layout, and with each word in whichever
// letters and layout the register knows it. What is in Russian letters and known as it stands was meant so.
func (ix *Index) readings(query string) []string {
	all := []string{query}
	tokens := strings.Fields(query)
	mended, plain := false, true
	for i, token := range tokens {
		best, sure := ix.best(token, i == len(tokens)-1)
		if best != token {
			tokens[i], mended = best, true
		}
		plain = plain && sure
	}
	if plain {
		return all
	}
	if switched := switchLayout(query); switched != "" {
		all = append(all, switched)
	}
	if reading := strings.Join(tokens, " "); mended && !slices.Contains(all, reading) {
		all = append(all, reading)
	}
	return all
}

// best is a word in the letters in which the register knows it best; the word itself when it knows it in none. Sure says that
// the word stands in Russian letters and is known so.
func (ix *Index) best(token string, unfinished bool) (best string, sure bool) {
	latin, russian := scripts(token)
	if latin+russian == 0 {
		return token, true
	}
	most := ix.known(token, unfinished)
	if latin == 0 && most > 0 || latin+russian < 2 {
		return token, latin == 0 && most >= byRoot
	}
	others := []string{switchLayout(token)}
	switch {
	case latin > 0 && russian > 0:
		others = []string{lookalikes.Replace(token)}
	case latin > 0:
		others = append(others, transliterations(token)...)
	}
	best = token
	for _, other := range others {
		if k := ix.known(other, unfinished); k > most {
			best, most = other, k
		}
	}
	return best, false
}

// known says how well a register or a wording knows the words of a token, from 0 to 1.
func (ix *Index) known(token string, unfinished bool) float64 {
	ws := lang.Words(token)
	sum := 0.0
	for i, w := range ws {
		k := 0.0
		switch {
		case ix.phrases != nil && ix.phrases.roots[rootOf(w)]:
			k = byStem
		case lang.IsFunctionWord(w), askingWords[w]:
			k = byPrefix
		}
		end := unfinished && i == len(ws)-1
		for _, factor := range ix.surely(w, end) {
			k = max(k, factor)
		}
		if k == 0 && utf8.RuneCountInString(w) > leastSlip {
			switch {
			case end && ix.phrases != nil && len(ix.phrases.beginning(w)) > 0:
				k = bySlip
			case len(ix.slips(w)) > 0, ix.phrases != nil && len(ix.phrases.similar(w)) > 0:
				k = bySlip / 2
			}
		}
		sum += k
	}
	return sum / float64(max(1, len(ws)))
}

// scripts counts the Latin and the Russian letters of a text.
func scripts(text string) (latin, russian int) {
	for _, r := range text {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
			latin++
		case 'а' <= r && r <= 'я', 'А' <= r && r <= 'Я', r == 'ё', r == 'Ё':
			russian++
		}
	}
	return latin, russian
}
