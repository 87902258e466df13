package ledger

import (
	"slices"

	"perechen/internal/proof"
)

// reserved are the addresses that the program keeps for itself, now or some day: a body there could not be opened.
var reserved = []string{"static", "api", "favicon", "robots", "healthz", "readyz", "metrics", "login", "assets", "well-known"}

// CheckSlug tells whether a body may have this address; CodeInvalid with a sentence when it may not. Every way of making a
// body asks it.
func CheckSlug(slug string) error {
	switch {
	case slug == "":
		return invalid("Напишите короткое имя органа латиницей: оно будет в адресе страниц.")
	case slug[0] == '-' || len(slug) > 60:
		return invalid("Короткое имя «%s» не годится: первым — буква или цифра, всего не больше 60 знаков.", slug)
	case !proof.ValidSlug(slug):
		return invalid("Короткое имя «%s» не годится: только строчные латинские буквы, цифры и дефис.", slug)
	case slices.Contains(reserved, slug):
		return invalid("Имя «%s» занято самой программой, выберите другое.", slug)
	}
	return nil
}
