package segment

import (
	"regexp"
	"sync"

	"perechen/internal/register"
)

// personal are the marks of one person in a text, and what each is.
var personal = sync.OnceValue(func() []struct {
	what string
	re   *regexp.Regexp
} {
	re := regexp.MustCompile
	const name = `[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?`
	return []struct {
		what string
		re   *regexp.Regexp
	}{
		{"адрес электронной почты", re(`[\p{L}\d._%+-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+`)},
		{"СНИЛС", re(`(?:^|\D)\d{3}-\d{3}-\d{3}[ -]\d{2}(?:\D|$)`)},
		{"номер телефона", re(`(?:^|[^\d])(?:\+7|8)[ -]?\(?\d{3,5}\)?[ -]?\d{1,3}[ -]?\d{2}[ -]?\d{2}(?:[^\d]|$)`)},
		{"фамилия и инициалы", re(`(?:^|[^\p{L}])(?:` + name + ` [А-ЯЁ]\. ?[А-ЯЁ]\.|[А-ЯЁ]\. ?[А-ЯЁ]\. ?` + name + `)`)},
		{"фамилия, имя и отчество", re(`(?:^|[^\p{L}])` + name + ` [А-ЯЁ][а-яё]*(?:ович|евич|ьич|овна|евна|ична|инична)(?:[^\p{L}]|$)`)},
	}
})

// PersonIn tells by what a text would name one person: «номер телефона». Empty for a text that describes people in general.
func PersonIn(text string) string {
	for _, p := range personal() {
		for _, m := range p.re.FindAllString(text, -1) {
			if p.what != "номер телефона" || phoneDigits(m) {
				return p.what
			}
		}
	}
	return ""
}

// phoneDigits tells a telephone from a band of money: eleven figures.
func phoneDigits(s string) bool {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n == 11
}

// A Field is a field of a profile with its words; Name is the JSON name, of a value «values».
type Field struct{ Name, Title, Text string }

// Fields are the words of a profile, field by field.
func Fields(p register.Profile) []Field {
	fs := []Field{{"title", "Название", p.Title}, {"group", "Направление", p.Group}}
	for _, v := range p.Values {
		fs = append(fs, Field{"values", v.Attribute, v.Attribute + ": " + v.Value})
	}
	return append(fs, Field{"purpose", "Цель", p.Purpose}, Field{"features", "Особенности клиентского пути", p.Features},
		Field{"inform", "Информирование", p.Inform}, Field{"receive", "Получение услуг", p.Receive})
}

// Person finds the first field of a profile that speaks of one person and says why in a sentence; ok is false when none does.
func Person(p register.Profile) (field, text string, ok bool) {
	for _, f := range Fields(p) {
		if what := PersonIn(f.Text); what != "" {
			return f.Name, "В профиле не должно быть сведений о человеке, а в поле «" + f.Title + "» есть " + what + ". Профиль описывает типичного клиента: уберите эти сведения.", true
		}
	}
	return "", "", false
}
