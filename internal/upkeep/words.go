package upkeep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/register"
)

// maxPhrases bounds the lines that a body adds to the words of its search.
const maxPhrases = 500

// PhraseLines are the lines that a body has added to the words of its search, in their order.
func PhraseLines(r *register.Register) []string {
	lines := make([]string, len(r.Phrases))
	for i, p := range r.Phrases {
		lines[i] = p.Text
	}
	return lines
}

// SetPhrases makes these the lines of a body's own words of the search; the caller has checked them (search.CheckPhrases).
// Who keeps the body's own matters may. was is the HashOf the lines that the person has seen: CodeStale when they are others
// by now. Words only help to find; they are no content of the register, so nobody includes them.
func (d *Desk) SetPhrases(ctx context.Context, actor Actor, slug string, lines []string, was string) error {
	err := d.do(ctx, actor, slug, func(a *act) error {
		if err := a.mayAppend(register.Change{Op: register.Amend, Kind: register.KindPhrase}); err != nil {
			return err
		}
		if PhrasesHash(a.register) != was {
			return &Error{Code: CodeStale, Text: "Пока вы правили слова, их изменил кто-то другой. Ничего не записано: посмотрите, что стало, и повторите."}
		}
		if len(lines) > maxPhrases {
			return invalid("Слишком много строк: не больше %d.", maxPhrases)
		}
		var changes []register.Change
		keep := map[string]bool{}
		for _, l := range lines {
			sum := sha256.Sum256([]byte(l))
			key := "w" + hex.EncodeToString(sum[:8])
			if keep[key] {
				continue
			}
			keep[key] = true
			if !slices.ContainsFunc(a.register.Phrases, func(p register.Phrase) bool { return p.Key == key }) {
				changes = append(changes, register.Change{Op: register.Include, Kind: register.KindPhrase, Key: key, Content: register.Encode(register.Phrase{Key: key, Text: l})})
			}
		}
		for _, p := range a.register.Phrases {
			if !keep[p.Key] {
				changes = append(changes, register.Change{Op: register.Exclude, Kind: register.KindPhrase, Key: p.Key})
			}
		}
		if len(changes) == 0 {
			return nil
		}
		_, err := d.record(ctx, a, ledger.Batch{Changes: changes, Ground: register.Ground{Text: "слова для поиска: " + lang.Count(len(changes), "строка", "строки", "строк")}, Head: ledger.AnyHead}, nil)
		return err
	})
	return wrap(err, "upkeep: words of %s", slug)
}

// PhrasesHash tells one state of a body's words from another.
func PhrasesHash(r *register.Register) string { return HashOf(register.Encode(PhraseLines(r))) }
