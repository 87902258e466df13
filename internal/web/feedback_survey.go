package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rsc.io/qr"

	"perechen/internal/auth"
	"perechen/internal/feedback"
	"perechen/internal/lang"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/upkeep"
)

// surveysPage lists the surveys of a body and opens a new one from a template.
type surveysPage struct {
	frame
	Items     []surveyItem
	May       bool
	Templates []section
	Template  string
	Asks      []ask // the title, and what the survey is for
	Questions []ask
	Dates     []ask
	Error     string // of the questions as a whole
	Wrong     []link
}

type surveyItem struct {
	link
	Days, State, Tone string
}

// surveyDays is how long a survey is open unless somebody says otherwise.
const surveyDays = 14

func (s *site) surveys(r *request) (page, error) {
	all, err := s.desk.Surveys(r.Context(), r.slug)
	if err != nil {
		return nil, err
	}
	p := &surveysPage{frame: r.frame("surveys", "desk", r.lang.T("surveys.title")), May: r.asks()}
	for _, x := range all {
		item := surveyItem{link: link{p.home + "surveys/" + url.PathEscape(x.ID), x.Title}, Days: surveyTerm(x)}
		item.State, item.Tone = r.surveyState(x)
		p.Items = append(p.Items, item)
	}
	if !p.May {
		return p, nil
	}
	ts := feedback.Templates()
	code := r.typedOr("template", r.query.Get("template"))
	at := max(0, slices.IndexFunc(ts, func(x feedback.Survey) bool { return x.ID == code }))
	for i, x := range ts {
		sec := section{link: link{r.URL.EscapedPath() + "?template=" + x.ID + "#new", x.Title}}
		if i == at {
			sec.Current = "true"
		}
		p.Templates = append(p.Templates, sec)
	}
	x := ts[at]
	x.Opens, x.Closes = string(r.today), string(register.DateOf(r.now.AddDate(0, 0, surveyDays)))
	p.Template = x.ID
	p.Asks, p.Questions, p.Error = r.surveyAsks(x)
	p.Dates = r.surveyDates(x)
	p.Wrong = r.wrong(slices.Concat(p.Asks, p.Questions, p.Dates)...)
	return p, nil
}

// surveyDates are the fields for the days of a survey.
func (r *request) surveyDates(x feedback.Survey) []ask {
	return []ask{
		r.asked(ask{Name: "opens", Kind: "date", Size: "short", Label: r.lang.T("surveys.opens"), Value: x.Opens}),
		r.asked(ask{Name: "closes", Kind: "date", Size: "short", Label: r.lang.T("surveys.closes"), Value: x.Closes}),
	}
}

// surveyAsks are the fields for the words of a survey: its title, what it is for, each question and its options. fault is what
// is wrong with the questions as a whole.
func (r *request) surveyAsks(x feedback.Survey) (asks, questions []ask, fault string) {
	asks = []ask{
		r.asked(ask{Name: "title", Label: r.lang.T("surveys.name"), Value: x.Title, Max: 200}),
		r.asked(ask{Name: "about", Kind: "textarea", Rows: 2, Label: r.lang.T("surveys.about"), Hint: r.lang.T("surveys.abouthint"), Value: x.About, Max: 600, Optional: true}),
	}
	for i, q := range x.Questions {
		questions = append(questions, r.asked(ask{Name: "text-" + q.Key, Kind: "textarea", Rows: 1, Label: r.lang.T("surveys.question", i+1), Hint: r.lang.T("surveys.kind." + q.Kind), Value: q.Text, Max: 300}))
		if q.Kind == feedback.AskChoice {
			questions = append(questions, r.asked(ask{Name: "options-" + q.Key, Kind: "textarea", Rows: len(q.Options), Label: r.lang.T("surveys.options", i+1), Hint: r.lang.T("surveys.optionshint"), Value: strings.Join(q.Options, "\n")}))
		}
	}
	return asks, questions, r.fault("questions")
}

// reworded is a survey with the words that were sent for it.
func reworded(x feedback.Survey, v url.Values) feedback.Survey {
	x.Title, x.About, x.Questions = v.Get("title"), v.Get("about"), slices.Clone(x.Questions)
	for i := range x.Questions {
		q := &x.Questions[i]
		q.Text = v.Get("text-" + q.Key)
		if q.Kind == feedback.AskChoice {
			q.Options = strings.Split(v.Get("options-"+q.Key), "\n")
		}
	}
	return x
}

// asks tells whether the viewer may run surveys of the body.
func (r *request) asks() bool {
	return r.grants.In(register.RoleOfficer, "") || r.grants.In(register.RoleHead, "")
}

func surveyTerm(x feedback.Survey) string {
	return lang.Date(x.Opens) + " – " + lang.Date(x.Closes)
}

func (r *request) surveyState(x feedback.Survey) (text, tone string) {
	switch state := x.State(string(r.today)); {
	case state == feedback.SurveyClosed && x.Result != nil && x.Result.Few:
		return r.lang.T("surveys.few"), ""
	case state == feedback.SurveyOpen:
		return r.lang.T("surveys.state.open"), "waits"
	case state == feedback.SurveyClosed:
		return r.lang.T("surveys.state.closed"), "done"
	}
	return r.lang.T("surveys.state.ahead"), ""
}

func (s *site) newSurvey(r *request, v url.Values) (string, error) {
	if !r.asks() {
		return "", forbidden("error.noright")
	}
	ts := feedback.Templates()
	i := slices.IndexFunc(ts, func(x feedback.Survey) bool { return x.ID == v.Get("template") })
	if i < 0 {
		return "", badRequest("error.badform")
	}
	x := reworded(ts[i], v)
	x.ID, x.Opens, x.Closes = upkeep.NewSurveyID(), v.Get("opens"), v.Get("closes")
	if err := s.desk.PutSurvey(r.Context(), r.actor(), r.slug, x); err != nil {
		return "", atFields(err)
	}
	s.audit(r.Request, auth.ActFeedback, r.lang.T("surveys.opened"))
	return "/" + url.PathEscape(r.slug) + "/surveys/" + x.ID, nil
}

// surveyPage is a survey to those who run it, and its results.
type surveyPage struct {
	frame
	Heading string
	Days    string
	State   string
	Tone    string
	Address string // to be handed round
	Href    string
	Code    string // QR as the path of an SVG; Size is its width in modules
	Size    int
	Results []surveyTable
	N       string
	Few     string
	Words   []render.FeedbackList
	Dates   []ask
	May     bool
	Files   []documentLink
	Wrong   []link
	Unset   string // the address of the pages is not set; Far: and leads nowhere from another machine
	Far     string

	Asks      []ask // the words of a survey that is not open yet
	Questions []ask
	Error     string
}

// A surveyTable is the answers to one question.
type surveyTable struct {
	Text string
	Few  string
	Rows []surveyRow
}

type surveyRow struct {
	Label string
	N     int
	Share shareView
}

func (s *site) survey(r *request) (page, error) {
	x, err := s.desk.Survey(r.Context(), r.slug, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	p := &surveyPage{frame: r.frame("survey", "desk", x.Title), Heading: x.Title, Days: surveyTerm(x), May: r.asks()}
	p.State, p.Tone = r.surveyState(x)
	if x.State(string(r.today)) != feedback.SurveyClosed {
		base, set := s.base(r.Request)
		if !set {
			p.Unset, p.Far = r.unset(base)
		}
		p.Href = "/" + url.PathEscape(r.slug) + "/s/" + url.PathEscape(x.ID)
		if p.Address = base + p.Href; base != "" {
			if p.Code, p.Size, err = qrPath(p.Address); err != nil {
				return nil, err
			}
		}
		if !p.May {
			return p, nil
		}
		p.Dates = r.surveyDates(x)
		if x.State(string(r.today)) == feedback.SurveyAhead {
			p.Asks, p.Questions, p.Error = r.surveyAsks(x)
		}
		p.Wrong = r.wrong(slices.Concat(p.Asks, p.Questions, p.Dates)...)
		return p, nil
	}
	p.Results, p.N, p.Few = r.surveyTables(x)
	if p.Few == "" {
		if p.Words, err = s.surveyWords(r, x); err != nil {
			return nil, err
		}
		if !r.may(readsWords...) {
			return p, nil
		}
		for _, format := range []string{"docx", "xlsx", "odt", "pdf"} {
			p.Files = append(p.Files, documentLink{link{r.URL.EscapedPath() + "/results." + format, strings.ToUpper(format)}, x.Title})
		}
	}
	return p, nil
}

// qrPath draws a QR code as the path of an SVG, with the quiet zone around it.
func qrPath(text string) (path string, size int, err error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", 0, err
	}
	const quiet = 4
	var b strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				b.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h1v1h-1z")
			}
		}
	}
	return b.String(), code.Size + 2*quiet, nil
}

func (s *site) doSurvey(r *request, v url.Values) (string, error) {
	x, err := s.desk.Survey(r.Context(), r.slug, r.PathValue("id"))
	if err != nil {
		return "", err
	}
	if !r.asks() {
		return "", forbidden("error.noright")
	}
	did := "surveys.dated"
	switch v.Get("act") {
	case "words":
		did, err = "surveys.reworded", s.desk.RewordSurvey(r.Context(), r.actor(), r.slug, reworded(x, v))
	case "":
		x.Opens, x.Closes = v.Get("opens"), v.Get("closes")
		err = s.desk.PutSurvey(r.Context(), r.actor(), r.slug, x)
	default:
		err = badRequest("error.badform")
	}
	if err != nil {
		return "", atFields(err)
	}
	s.audit(r.Request, auth.ActFeedback, r.lang.T(did))
	return r.URL.EscapedPath(), nil
}

// surveyTables are the results as tables; few says why there are none.
func (r *request) surveyTables(x feedback.Survey) (ts []surveyTable, n, few string) {
	res := x.Result
	if res == nil || res.Few {
		k := upkeep.FeedbackTerms(r.snap.proc).Threshold
		if res != nil {
			k = res.Threshold
		}
		return nil, "", r.lang.T("surveys.fewtext", k)
	}
	for _, q := range x.Questions {
		i := slices.IndexFunc(res.Questions, func(y feedback.QuestionResult) bool { return y.Key == q.Key })
		if i < 0 {
			continue
		}
		t := surveyTable{Text: q.Text}
		if res.Questions[i].Few {
			t.Few = r.lang.T("surveys.onegroup")
		}
		for _, row := range res.Questions[i].Rows {
			var labels []string
			for _, value := range row.Values {
				labels = append(labels, r.surveyValue(q, value))
			}
			t.Rows = append(t.Rows, surveyRow{strings.Join(labels, "; "), row.N, r.share(row.N, res.Questions[i].N)})
		}
		ts = append(ts, t)
	}
	return ts, r.lang.Count(res.N, "results.answers"), ""
}

func (r *request) surveyValue(q feedback.Question, value int) string {
	switch {
	case value == 0:
		return r.lang.T("surveys.noanswer")
	case q.Kind == feedback.AskChoice && value <= len(q.Options):
		return q.Options[value-1]
	}
	return strconv.Itoa(value) + " – " + r.lang.T("give.scale."+strconv.Itoa(value))
}

// surveyWords are what was written, question by question, for those who may read it.
func (s *site) surveyWords(r *request, x feedback.Survey) ([]render.FeedbackList, error) {
	if !r.may(readsWords...) {
		return nil, nil
	}
	var ls []render.FeedbackList
	for _, q := range x.Questions {
		if q.Kind != feedback.AskWords {
			continue
		}
		texts, err := s.desk.SurveyWords(r.Context(), r.actor(), r.slug, x.ID, q.Key)
		if err != nil {
			return nil, err
		}
		if len(texts) > 0 {
			ls = append(ls, render.FeedbackList{Title: q.Text, Items: texts})
		}
	}
	return ls, nil
}

// readsWords are those who read what was answered in words, and take the results as a document.
var readsWords = who{register.RoleOfficer, register.RoleHead}

// surveyFile sends the results of a survey as a document, to those who may read the words.
func (s *site) surveyFile(w http.ResponseWriter, hr *http.Request) {
	name, format, _ := strings.Cut(hr.PathValue("file"), ".")
	if s.desk == nil || name != "results" || !slices.Contains(reportFormats, format) {
		s.notFound(w, hr)
		return
	}
	r := s.openedFor(w, hr, readsWords)
	if r == nil {
		return
	}
	r.lang = lang.Russian
	x, err := s.desk.Survey(hr.Context(), r.slug, hr.PathValue("id"))
	if err == nil && (x.Result == nil || x.Result.Few) {
		err = notFound("surveys.nofile")
	}
	var words []render.FeedbackList
	if err == nil {
		words, err = s.surveyWords(r, x)
	}
	if err != nil {
		s.fail(w, hr, err)
		return
	}
	ts, n, _ := r.surveyTables(x)
	sheet := render.FeedbackSheet{Title: r.lang.T("surveys.sheet"), Period: "«" + x.Title + "», " + surveyTerm(x), Notes: []string{r.lang.T("surveys.total", n)}, Lists: words,
		Foot: []string{r.lang.T("results.rule", x.Result.Threshold)}}
	for _, t := range ts {
		table := render.FeedbackTable{Title: t.Text, Head: []string{r.lang.T("surveys.answer"), r.lang.T("results.n"), r.lang.T("surveys.share")}}
		for _, row := range t.Rows {
			table.Rows = append(table.Rows, []string{row.Label, strconv.Itoa(row.N), row.Share.Text})
		}
		sheet.Tables = append(sheet.Tables, table)
	}
	s.sendSheet(w, r, sheet, format, "опрос-"+r.slug+"-"+x.ID)
}

// answerPage is a survey to whoever answers it.
type answerPage struct {
	frame
	Heading   string
	About     string
	Days      string
	State     string // ahead, open, closed, thanks, given
	Token     string
	Questions []answerQuestion
	Warn      *telling
	Sure      bool
	Results   []surveyTable
	N, Few    string
}

type answerQuestion struct {
	Key, Text string
	Options   []option
	Words     *ask
}

func (s *site) answerSurvey(r *request, v url.Values) (page, int, error) {
	x, err := s.desk.Survey(r.Context(), r.slug, r.PathValue("key"))
	if err != nil {
		return nil, 0, err
	}
	p := &answerPage{frame: r.strangerFrame("answer", x.Title), Heading: x.Title, About: x.About, Days: surveyTerm(x), State: x.State(string(r.today))}
	if p.State != feedback.SurveyOpen {
		if p.State == feedback.SurveyClosed {
			p.Results, p.N, p.Few = r.surveyTables(x)
		}
		return p, 0, nil
	}
	of := feedback.Subject{Kind: upkeep.OfSurvey, Key: x.ID}
	form, open, err := s.desk.OpenFeedback(r.Context(), r.slug, of, v.Get("token"))
	if err != nil {
		return nil, 0, err
	}
	if !open {
		if visited(r) {
			p.State = "given"
			return p, 0, nil
		}
		if form, err = s.desk.NewFeedback(r.Context(), r.slug, of); err != nil {
			return nil, 0, err
		}
	}
	p.Token = form.Token
	marks, texts := map[string]int{}, map[string]string{}
	var found []feedback.Personal
	for _, q := range x.Questions {
		a := answerQuestion{Key: "q-" + q.Key, Text: q.Text}
		said := v.Get(a.Key)
		switch q.Kind {
		case feedback.AskWords:
			texts[q.Key] = feedback.Tidy(said, feedback.MaxText)
			found = append(found, feedback.Screen(texts[q.Key])...)
			a.Words = &ask{ID: "f-" + a.Key, Name: a.Key, Kind: "textarea", Label: q.Text, Hint: r.lang.T("give.texthint"), Value: said, Optional: true, Rows: 3, Max: feedback.MaxText}
		case feedback.AskChoice:
			for i, o := range q.Options {
				a.Options = append(a.Options, option{Value: strconv.Itoa(i + 1), Text: o})
			}
		default:
			for _, n := range []string{"5", "4", "3", "2", "1"} {
				a.Options = append(a.Options, option{Value: n, Text: n + " – " + r.lang.T("give.scale."+n)})
			}
		}
		for i := range a.Options {
			a.Options[i].Selected = a.Options[i].Value == said
		}
		marks[q.Key] = atoi(said)
		p.Questions = append(p.Questions, a)
	}
	if v == nil {
		return p, 0, nil
	}
	if !open {
		p.Warn = &telling{Tone: "look", Title: r.lang.T("give.old"), Text: r.lang.T("give.oldtext")}
		return p, http.StatusConflict, nil
	}
	if len(found) > 0 && !v.Has("sure") {
		p.Warn, p.Sure = r.personalData(found), true
		return p, 0, nil
	}
	address := from(r.Request).Address
	back, wait, full := s.giving.Take(address, r.now)
	if full {
		p.Warn = &telling{Tone: "look", Title: r.lang.T("give.wait"), Text: r.lang.T("give.waittext", r.lang.Count(minutes(wait), "give.minutes"))}
		return p, http.StatusTooManyRequests, nil
	}
	if err := s.desk.AnswerSurvey(r.Context(), r.slug, x.ID, form, marks, texts); err != nil {
		back()
		if upkeep.CodeOf(err) != upkeep.CodeInvalid {
			return nil, 0, err
		}
		p.Warn = &telling{Tone: "wrong", Title: err.Error()}
		return p, http.StatusUnprocessableEntity, nil
	}
	setVisit(r)
	p.State = "thanks"
	return p, 0, nil
}
