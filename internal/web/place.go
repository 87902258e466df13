package web

import (
	"html/template"
	"net/url"
	"perechen/internal/lang"
	"strings"
)

// street are words that make a text the address of a house, not only of a room in it.
var street = lang.Expression(`(?i)(^|[\s,.])(ул(ица|\.)|пр(оспект|осп\.|-кт|-т|\.)|пер(еулок|\.)|пл(ощадь|\.)|ш(оссе|\.)|наб(ережная|\.)|б(ульвар|-р)|проезд|тупик|аллея|мкр|микрорайон|кв-л|квартал|дом|д\.|г\.|гор\.|с\.|пос\.|п\.|ст\.|станица|село|город)[\s,.]?\s*[\p{L}\d«]`)

// inside are words after which an address says where to go within the house.
var inside = lang.Expression(`(?i)[,;(]?\s*(каб(инет|\.)|ком(ната|\.)|оф(ис|\.)|этаж|\d+(-й|-ый)?\s*этаж|под(ъезд|\.)|подъезд|окно|зал)([\s\d,;)]|$).*$`)

// mapLink is where a map shows the place; empty for what is no address of a house.
func mapLink(place string) template.URL {
	if !street().MatchString(place) || !strings.ContainsAny(place, "0123456789") {
		return ""
	}
	q := strings.Trim(strings.Join(strings.Fields(inside().ReplaceAllString(place, "")), " "), " ,;.")
	if q == "" || !street().MatchString(q) {
		return ""
	}
	return template.URL("https://www.openstreetmap.org/search?" + url.Values{"query": {q}}.Encode())
}
