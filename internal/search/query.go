package search

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/lang"
)

// words are the folded words of a text: letters and digits, with what people write together («2-НДФЛ») also as one word.
func words(text string) []string {
	ws := lang.Words(text)
	for _, token := range strings.FieldsFunc(lang.Fold(text), func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '(' || r == ')' || r == '"' }) {
		if strings.Contains(token, "-") || strings.ContainsAny(token, "0123456789") {
			if joined := strings.Join(lang.Words(token), ""); joined != "" && !slices.Contains(ws, joined) {
				ws = append(ws, joined)
			}
		}
	}
	return ws
}

// askingWords say that something is asked, or politely, not what.
var askingWords = set(`где куда кому кто как когда нужно надо можно хочу хотел хотела мне меня мой моя мою мое моего моей мои моих нам нас наш
получить взять обратиться позвонить звонить написать писать спросить сходить пойти прийти узнать подать оформить сделать сдать сдавать отдать
отнести принести нести найти посмотреть решить делать нужен нужна нужны новый новая новое новые новую другой другая другую что какой какая какое
какие каком какую сколько почему откуда чей свой свою свое своего своей свои своих при для по если чтобы положено положены положен
подскажите скажите помогите помочь пожалуйста здравствуйте добрый день срочно хотелось бы должен должна буду будет`)

// formWords ask for a paper to fill in, which stands beside what it is for.
var formWords = set("бланк бланка бланки образец образца образцы шаблон шаблона шаблоны")

// timeWords count time: a number before them is about how long or when, and tells nothing of where to turn.
var timeWords = set(`день дня дней неделя неделю недели недель месяц месяца месяцев год года лет году час часа часов минут минуту минуты
января февраля марта апреля мая июня июля августа сентября октября ноября декабря раз раза рублей рубля руб тысяч`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// asks tells that the word at i only joins others, asks, or counts: «за счёт бюджета» is about no account, «с 15 по 20 марта»
// about no room. It counts where there is nothing else.
func asks(ws []string, i int) bool {
	switch w := ws[i]; {
	case lang.IsFunctionWord(w), askingWords[w], formWords[w]:
		return true
	case i > 0 && ws[i-1] == "за" && w == "счет":
		return true
	case digits(w) && len(w) <= 2:
		for i++; i < len(ws); i++ {
			if timeWords[ws[i]] {
				return true
			}
			if !(digits(ws[i]) && len(ws[i]) <= 2) && ws[i] != "по" && ws[i] != "до" {
				return false
			}
		}
	}
	return false
}

// A term is one word of the query, or one number: what documents are worth by it, and the words of theirs that it met.
type term struct {
	worth float64 // how much it tells documents apart
	docs  map[int]match
}

type match struct {
	score float64
	words []int
}

// terms reads a query. Words that only join others or only say that something is asked count where there are no others.
func (ix *Index) terms(query string) []term {
	terms, query := ix.dialled(clock().ReplaceAllString(lang.Fold(query), " "))
	ws := words(query)
	last := -1
	if n := len(lang.Words(query)); n > 0 && !strings.HasSuffix(query, " ") {
		last = n - 1
	}
	sure := make([]map[int]float64, len(ws))
	for i, w := range ws {
		sure[i] = ix.surely(w, i == last)
	}
	alts := longest(ix.phrases.alternatives(ix.wordings(ws, sure, last)))
	explained := map[int]bool{}
	for _, a := range alts {
		for _, i := range a.replaces {
			explained[i] = explained[i] || a.sure == 1
		}
	}
	place := make([]int, len(ws)) // of each word among the terms
	asked := len(terms)
	for round := range 2 {
		for i, w := range ws {
			place[i] = -1
			if round == 0 && asks(ws, i) {
				continue
			}
			met := sure[i]
			switch {
			case round == 1 && explained[i]: // «по» is a conjunction of every other title, and an abbreviation here
				met = nil
			case len(met) == 0 && !explained[i]:
				met = ix.slips(w)
			}
			place[i] = len(terms)
			terms = append(terms, term{docs: ix.documents(met)})
		}
		if len(terms) > 0 {
			break
		}
	}
	for _, alt := range alts {
		parts := make([]map[int]match, len(alt.words))
		for i, w := range alt.words {
			met := ix.surely(w, false)
			if len(met) == 0 {
				met = ix.slips(w) // «подпись» and «подписи» share no stem
			}
			parts[i] = ix.documents(met)
		}
		for doc, m := range together(parts) {
			if m.score *= bySynonym * alt.sure; len(alt.replaces) > 1 {
				m.score *= byStem / bySynonym // a phrase leaves less room for doubt
			}
			for _, i := range alt.replaces {
				if at := place[i]; at >= 0 && m.score > terms[at].docs[doc].score {
					terms[at].docs[doc] = m
				}
			}
		}
	}
	for i := asked; i < len(terms); i++ {
		terms[i].worth = ix.worth(len(terms[i].docs))
	}
	return terms
}

// wordings says as what each word of a query may begin or be a part of a wording: as itself; when no wording has it, and it is
// unfinished or met nowhere, as those that it begins or that are a slip away.
func (ix *Index) wordings(ws []string, sure []map[int]float64, last int) [][]guess {
	guesses := make([][]guess, len(ws))
	for i, w := range ws {
		r := rootOf(w)
		guesses[i] = []guess{{r, 1}}
		if ix.phrases == nil || ix.phrases.roots[r] {
			continue
		}
		if n := utf8.RuneCountInString(w); i == last && n >= leastBeginning {
			for _, v := range ix.phrases.beginning(w) {
				guesses[i] = append(guesses[i], guess{rootOf(v), 0.9 * 10 / float64(10+utf8.RuneCountInString(v)-n)})
			}
		}
		if len(sure[i]) == 0 && len(guesses[i]) == 1 {
			for _, v := range ix.phrases.similar(w) {
				guesses[i] = append(guesses[i], guess{rootOf(v), bySlip / bySynonym})
			}
		}
	}
	return guesses
}

// together scores the documents that hold a wording of several words: half a wording is worth a quarter.
func together(parts []map[int]match) map[int]match {
	if len(parts) == 1 {
		return parts[0]
	}
	sums := map[int]match{}
	met := map[int]int{}
	for _, part := range parts {
		for doc, m := range part {
			s := sums[doc]
			s.score += m.score
			s.words = append(s.words, m.words...)
			sums[doc] = s
			met[doc]++
		}
	}
	n := float64(len(parts))
	for doc, s := range sums {
		share := float64(met[doc]) / n
		s.score = s.score / n * share
		if share < 0.6 {
			delete(sums, doc)
			continue
		}
		sums[doc] = s
	}
	return sums
}

// worth is higher for what few documents hold; a word that is met nowhere counts as much as a rare one, for it was asked for.
func (ix *Index) worth(documents int) float64 {
	n, df := float64(len(ix.docs)), float64(documents)
	if df == 0 {
		df = 2
	}
	return math.Log(1 + (n-min(df, n)+0.5)/(df+0.5))
}
