package web

import (
	"net/http"
	"strings"
	"testing"

	"perechen/internal/register"
)

// returned sends the proposal at an address back as the head, with a remark at a field.
func (w *world) returned(t testing.TB, at, field, text string) {
	t.Helper()
	v := w.form(t, "head", at, "form.review")
	if !v.Has(field) {
		t.Fatalf("the review asks for no remark at %s: %v", field, v)
	}
	v.Set(field, text)
	if status, _, page := w.press(t, at, v, "return"); status != http.StatusOK {
		t.Fatalf("return %s: %d %s", at, status, page.Text())
	}
}

// What is returned is edited again in its own form: the officer's words stand at the field, what was typed is kept, and the
// checks answer while one types.
func TestAReturnedAttributeIsEditedInItsOwnForm(t *testing.T) {
	w := segmented(t)
	key := ""
	for _, a := range w.state(t, "minec").Attributes {
		if a.Title == "Уровень дохода" {
			key = a.Key
		}
	}
	address := "/minec/clients/dictionary/" + key + "/edit"
	v := w.form(t, "minister", address, "form[data-form=attribute]")
	v.Set("values", "до 30 000\nот 20 000 до 60 000\nсвыше 60 000")
	status, _, page := w.press(t, address, v, "live")
	if said := page.One(t, "#f-values-said").Text(); status != http.StatusOK || !strings.Contains(said, "пересекаются") {
		t.Fatalf("while typing: %d, at the field %q", status, said)
	}
	if bands := page.One(t, "#canonical").Text(); !strings.Contains(bands, "от 20 000 до 60 000") {
		t.Errorf("what is understood: %q", bands)
	}
	v = page.Form(t, "form[data-form=attribute]")
	status, at, page := w.press(t, address, v, "submit")
	if status != http.StatusOK || !strings.HasPrefix(at, "/minec/proposals/") {
		t.Fatalf("submit: %d %s %s", status, at, page.Text())
	}
	w.returned(t, at, "r.attribute."+key+".values", "Граница 60 000 – в нижнюю полосу")
	w.as(t, "minister")
	page = w.page(t, "/minec/proposals")
	edit, _ := page.One(t, "table.queue tbody th a").Attr("href")
	res, _ := w.get(t, edit)
	own := res.Header.Get("Location")
	if !strings.HasPrefix(own, address+"?proposal=") {
		t.Fatalf("the returned proposal opens at %q", own)
	}
	page = w.page(t, own)
	if said := page.One(t, "#f-values-said").Text(); !strings.Contains(said, "в нижнюю полосу") {
		t.Errorf("at the field stands %q", said)
	}
	v = page.Form(t, "form[data-form=attribute]")
	if got := v.Get("values"); !strings.Contains(got, "от 20 000") {
		t.Errorf("of what was typed is left %q", got)
	}
	v.Set("values", "до 30 000 рублей включительно\nсвыше 30 000 до 60 000 рублей включительно\nсвыше 60 000 рублей")
	if status, at, page = w.press(t, own, v, "submit"); status != http.StatusOK {
		t.Fatalf("the second submission: %d %s", status, page.Text())
	}
	w.included(t, at)
	if as := w.state(t, "minec").Attributes; !strings.Contains(strings.Join(as[indexOfAttribute(as, key)].Values, "|"), "свыше 30 000 до 60 000 рублей включительно") {
		t.Errorf("the register says %q", as[indexOfAttribute(as, key)].Values)
	}
	w.as(t, "minister")
	if status, _, page := w.press(t, own, v, "submit"); status != http.StatusOK || strings.Contains(page.Text(), "Нужно исправить") {
		t.Errorf("an answer that was lost: %d", status)
	}
}

func indexOfAttribute(as []register.Attribute, key string) int {
	for i, a := range as {
		if a.Key == key {
			return i
		}
	}
	return 0
}

func TestAReturnedProfileIsEditedInItsOwnForm(t *testing.T) {
	w := segmented(t)
	keys := map[string]string{}
	for _, a := range w.state(t, "minec").Attributes {
		keys[a.Title] = a.Key
	}
	const address = "/minec/clients/profiles/new"
	w.as(t, "minister")
	v := w.form(t, "minister", address, "form[data-form=profile]")
	v.Set("title", "Служащий, идущий в отпуск")
	v.Set("o-"+keys["Образование"], "четыре класса")
	v.Set("purpose", "Узнать срок")
	_, _, page := w.press(t, address, v, "live")
	if said := page.One(t, "#o-"+keys["Образование"]+"-said").Text(); !strings.Contains(said, "четыре класса") {
		t.Errorf("while typing, at the field: %q\n%s", said, page.One(t, "#changes").Text())
	}
	v = page.Form(t, "form[data-form=profile]")
	own, _ := page.One(t, "form[data-form=profile]").Attr("action")
	if !strings.HasPrefix(own, "/minec/clients/profiles/pr") {
		t.Fatalf("the form goes to %q", own)
	}
	// A person is not kept, not even in a draft.
	x := cloneValues(v)
	x.Set("features", "звонить 8 (8672) 54-30-54")
	status, _, page := w.press(t, own, x, "live")
	if status != http.StatusOK || !strings.Contains(page.One(t, "#f-features-error").Text(), "сведений о человеке") || !strings.Contains(page.One(t, "#saved").Text(), "не сохранено") {
		t.Errorf("a telephone while typing: %d %q", status, page.One(t, "#saved").Text())
	}
	status, _, page = w.press(t, own, x, "save")
	if status != http.StatusUnprocessableEntity || page.Form(t, "form[data-form=profile]").Get("features") != "звонить 8 (8672) 54-30-54" {
		t.Errorf("a telephone: %d", status)
	}
	x = cloneValues(v)
	x.Set("xn-0", "Возраст")
	status, _, page = w.press(t, own, x, "submit")
	if got := page.Form(t, "form[data-form=profile]"); status != http.StatusUnprocessableEntity || got.Get("xn-0") != "Возраст" || !strings.Contains(page.One(t, "#xn-0-error").Text(), "и значение") {
		t.Errorf("half a value: %d", status)
	}
	v = page.Form(t, "form[data-form=profile]")
	v.Del("xn-0")
	v.Del("xv-0")
	status, at, page := w.press(t, own, v, "submit")
	if status != http.StatusOK {
		t.Fatalf("submit: %d %s", status, page.Text())
	}
	pr := strings.TrimSuffix(strings.TrimPrefix(own, "/minec/clients/profiles/"), "/edit")
	w.returned(t, at, "r.profile."+pr+".", "Образование – по словарю")
	w.as(t, "minister")
	again := own + "?proposal=" + strings.TrimPrefix(at, "/minec/proposals/")
	if res, _ := w.get(t, own); res.Header.Get("Location") != again {
		t.Errorf("the form of the subject leads to %q, want the draft", res.Header.Get("Location"))
	}
	page = w.page(t, again)
	if !strings.Contains(page.One(t, "section.tell.look").Text(), "по словарю") {
		t.Errorf("the remark about the whole is not there: %s", page.Text())
	}
	v = page.Form(t, "form[data-form=profile]")
	if v.Get("o-"+keys["Образование"]) != "четыре класса" || v.Get("title") != "Служащий, идущий в отпуск" {
		t.Errorf("of what was typed is left %v", v)
	}
	v.Set("o-"+keys["Образование"], "")
	if status, at, page = w.press(t, again, v, "submit"); status != http.StatusOK {
		t.Fatalf("the second submission: %d %s", status, page.Text())
	}
	w.included(t, at)
	if ps := w.state(t, "minec").Profiles; len(ps) != 3 || ps[2].Key != pr || len(ps[2].Values) != 0 {
		t.Errorf("%+v", ps[len(ps)-1])
	}
}

// Whoever is second sees both texts: a form that was opened before the register moved on does not overwrite it.
func TestTwoWhoEditOneProfileSeeBothTexts(t *testing.T) {
	w := segmented(t)
	const address = "/minec/clients/profiles/pr1/edit"
	v := w.form(t, "minister", address, "form[data-form=profile]")
	x := w.state(t, "minec").Profiles[0]
	x.Features = "Слова коллеги"
	w.append(t, "minec", register.Change{Op: register.Amend, Kind: register.KindProfile, Key: "pr1", Content: register.Encode(x)})
	v.Set("features", "Мои слова")
	status, _, page := w.press(t, address, v, "submit")
	if text := page.Text(); status != http.StatusConflict || !strings.Contains(text, "Слова коллеги") || !strings.Contains(text, "Мои слова") {
		t.Fatalf("%d %s", status, text)
	}
	if got := w.state(t, "minec").Profiles[0].Features; got != "Слова коллеги" {
		t.Errorf("the register says %q", got)
	}
}

func TestARemarkAboutStepsStandsInTheFormOfTheJourney(t *testing.T) {
	w := workplace(t)
	j := register.Journey{Key: "leaving", Title: "Увольнение", State: register.AsIs, Processes: []string{"p3"}, Position: 1,
		Stages: []register.JourneyStage{{Title: "Узнать", Steps: []register.JourneyStep{{Action: "Написать письмо"}}}}}
	w.append(t, "komzan", include(register.KindJourney, j.Key, j))
	const address = "/komzan/journeys/leaving/edit"
	v := w.form(t, "clerk", address, journeyForm)
	v.Set("s0.0.action", "Позвонить")
	status, at, page := w.press(t, address, v, "submit")
	if status != http.StatusOK {
		t.Fatalf("submit: %d %s", status, page.Text())
	}
	r := w.form(t, "officer", at, "form.review")
	r.Set("r.journey.leaving.stages", "Сначала письмо")
	if status, _, page := w.press(t, at, r, "return"); status != http.StatusOK {
		t.Fatalf("return: %d %s", status, page.Text())
	}
	w.as(t, "clerk")
	page = w.page(t, address+"?proposal="+strings.TrimPrefix(at, "/komzan/proposals/"))
	if said := page.One(t, "#f-stages-said").Text(); !strings.Contains(said, "Сначала письмо") {
		t.Errorf("at the steps stands %q", said)
	}
}
