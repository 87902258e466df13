package web

import (
	"net/url"
	"testing"
)

func TestMapShowsHousesAndNoRooms(t *testing.T) {
	for place, want := range map[string]string{
		"362003, г. Владикавказ, ул. Ростовская, 2, каб. 214, 2 этаж": "362003, г. Владикавказ, ул. Ростовская, 2",
		"пл. Свободы, д. 5":                       "пл. Свободы, д. 5",
		"г. Владикавказ, пл. Свободы, 5 (3 этаж)": "г. Владикавказ, пл. Свободы, 5",
		"каб. 214, 2 этаж":                        "",
		"кабинет 301":                             "",
		"цокольный этаж":                          "",
		"по месту нахождения Комитета":            "",
		"проспект Мира 10, офис 4":                "проспект Мира 10",
		"": "",
	} {
		got := ""
		if l := mapLink(place); l != "" {
			u, err := url.Parse(string(l))
			if err != nil {
				t.Fatal(err)
			}
			got = u.Query().Get("query")
		}
		if got != want {
			t.Errorf("%q: the map is asked for %q, want %q", place, got, want)
		}
	}
}
