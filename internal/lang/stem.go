package lang

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/russian"
)

// functionWords are the words that join others. No stem may become one of them: Snowball makes «прием» into «при».
var functionWords = set(`и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне
было вот от меня еще нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас нибудь опять уж вам ведь
там потом себя ничего ей может они тут где есть надо ней для мы тебя их чем была сам чтоб без будто чего раз тоже себе
под будет ж тогда кто этот того потому этого какой совсем ним здесь этом один почти мой тем чтобы нее сейчас были куда
зачем всех при об над про`)

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// Stems gives the Snowball stem of each word of s, in order: len(Stems(s)) == len(Words(s)).
func Stems(s string) []string {
	words := Words(s)
	for i, w := range words {
		words[i] = Stem(w)
	}
	return words
}

// Stem gives the Snowball stem of one word as Words returns it. Words of three letters or fewer, function words and
// words not written in Russian letters alone stay whole, and so does a word whose stem would be a function word.
func Stem(word string) string {
	if utf8.RuneCountInString(word) <= 3 || functionWords[word] || !russianOnly(word) {
		return word
	}
	env := snowballstem.NewEnv(word)
	russian.Stem(env)
	if stem := env.Current(); stem != "" && !functionWords[stem] {
		return stem
	}
	return word
}

// IsFunctionWord tells whether a word, as Words returns it, only joins others («и», «в», «при»).
func IsFunctionWord(word string) bool { return functionWords[word] }

func russianOnly(word string) bool {
	for _, r := range word {
		if r < 'а' || r > 'я' {
			return false
		}
	}
	return true
}
