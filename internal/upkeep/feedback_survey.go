package upkeep

import (
	"cmp"
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/feedback"
	"perechen/internal/register"
)

// OfSurvey is the kind of a form's subject that is a survey.
const OfSurvey = "survey"

// MayAsk tells whether the actor may run surveys of a body.
func (s sight) mayAsk() bool { return s.in(register.RoleOfficer, "") || s.in(register.RoleHead, "") }

// NewSurveyID makes an id for a survey, short enough to be typed from a wall.
func NewSurveyID() string { return strings.ToLower(rand.Text()[:8]) }

// PutSurvey opens a survey or changes the days of one that is not over. The id says which.
func (d *Desk) PutSurvey(ctx context.Context, actor Actor, slug string, x feedback.Survey) error {
	x.Title, x.About = feedback.Tidy(x.Title, 200), feedback.Tidy(x.About, 600)
	err := d.do(ctx, actor, slug, func(a *act) error {
		today := string(register.DateOf(a.now))
		if !a.mayAsk() {
			return refused("Опрос открывает уполномоченное лицо или руководитель.")
		}
		was, known, err := a.tx.Survey(ctx, slug, x.ID)
		if err != nil {
			return err
		}
		if known {
			if was.State(today) == feedback.SurveyClosed {
				return refused("Опрос уже закрыт: его сроки не меняют.")
			}
			opens := was.Opens
			if was.State(today) == feedback.SurveyAhead {
				opens = x.Opens
			}
			was.Opens, was.Closes = opens, x.Closes
			x = was
		}
		opens, ok := register.Date(x.Opens).Time()
		if !ok {
			return fieldError("opens", "Укажите первый день опроса.")
		}
		closes, ok := register.Date(x.Closes).Time()
		switch {
		case !ok:
			return fieldError("closes", "Укажите последний день опроса.")
		case x.Closes < x.Opens:
			return fieldError("closes", "Последний день раньше первого.")
		case x.Closes < today:
			return fieldError("closes", "Этот день уже прошёл.")
		case closes.Sub(opens).Hours() > 24*feedback.MaxSurvey:
			return fieldError("closes", "Опрос длится не дольше трёх месяцев.")
		case x.Title == "":
			return fieldError("title", "Назовите опрос.")
		}
		if x.Questions, err = soundQuestions(x.Questions); err != nil {
			return err
		}
		return a.tx.PutSurvey(ctx, slug, x)
	})
	return wrap(err, "upkeep: survey of %s", slug)
}

// RewordSurvey writes the title, the purpose and the questions of a survey anew; one with neither text nor options is left
// out. CodeRefused from the day on which the survey is open: people answer what they have read. (That nobody has answered yet
// would not do as a rule: whoever runs the survey could watch for the first answer.)
func (d *Desk) RewordSurvey(ctx context.Context, actor Actor, slug string, x feedback.Survey) error {
	x.Title, x.About = feedback.Tidy(x.Title, 200), feedback.Tidy(x.About, 600)
	err := d.do(ctx, actor, slug, func(a *act) error {
		if !a.mayAsk() {
			return refused("Опрос открывает уполномоченное лицо или руководитель.")
		}
		was, known, err := a.tx.Survey(ctx, slug, x.ID)
		switch {
		case err != nil:
			return err
		case !known:
			return notFound("Такого опроса нет.")
		case was.State(string(register.DateOf(a.now))) != feedback.SurveyAhead:
			return refused("Опрос уже открыт: вопросы, на которые отвечают, не меняют.")
		case x.Title == "":
			return fieldError("title", "Назовите опрос.")
		}
		if was.Questions, err = soundQuestions(x.Questions); err != nil {
			return err
		}
		was.Title, was.About = x.Title, x.About
		return a.tx.PutSurvey(ctx, slug, was)
	})
	return wrap(err, "upkeep: questions of survey %s of %s", x.ID, slug)
}

// Bounds of a question.
const (
	maxQuestion = 300 // runes
	maxOption   = 120
	maxOptions  = 12
)

// soundQuestions tidies questions and leaves out those without a text. The errors name the fields text-KEY and options-KEY.
func soundQuestions(qs []feedback.Question) ([]feedback.Question, error) {
	var sound []feedback.Question
	keys := map[string]bool{}
	for _, q := range qs {
		if q.Text = feedback.Tidy(strings.ReplaceAll(q.Text, "\n", " "), maxQuestion+1); q.Text == "" {
			continue
		}
		switch {
		case q.Key == "" || keys[q.Key], !slices.Contains([]string{feedback.AskScale, feedback.AskChoice, feedback.AskWords}, q.Kind):
			return nil, invalid("Вопросы опроса непонятны.")
		case utf8.RuneCountInString(q.Text) > maxQuestion:
			return nil, fieldError("text-"+q.Key, "Сократите вопрос до трёхсот знаков.")
		}
		keys[q.Key] = true
		if q.Kind != feedback.AskChoice {
			q.Options = nil
		}
		var options []string
		for _, o := range q.Options {
			switch o = feedback.Tidy(o, maxOption+1); {
			case o == "":
				continue
			case utf8.RuneCountInString(o) > maxOption:
				return nil, fieldError("options-"+q.Key, "Сократите варианты до ста двадцати знаков.")
			case slices.Contains(options, o):
				return nil, fieldError("options-"+q.Key, "Вариант «"+o+"» записан дважды.")
			}
			options = append(options, o)
		}
		if q.Options = options; q.Kind == feedback.AskChoice && (len(options) < 2 || len(options) > maxOptions) {
			return nil, fieldError("options-"+q.Key, "Нужно от двух до двенадцати вариантов, каждый на своей строке.")
		}
		sound = append(sound, q)
	}
	if len(sound) == 0 || len(sound) > feedback.MaxQuestions {
		return nil, fieldError("questions", "Оставьте хотя бы один вопрос.")
	}
	return sound, nil
}

// Surveys lists the surveys of a body, the newest first; what has ended is summed up. Everybody may see that they are there.
func (d *Desk) Surveys(ctx context.Context, slug string) ([]feedback.Survey, error) {
	var all []feedback.Survey
	today := ""
	err := d.look(ctx, Actor{}, slug, func(v View, s sight) (err error) {
		today = string(register.DateOf(s.now))
		all, err = v.Surveys(ctx, slug)
		return err
	})
	if err != nil {
		return nil, wrap(err, "upkeep: surveys of %s", slug)
	}
	for i, x := range all {
		if x.Result == nil && x.State(today) == feedback.SurveyClosed {
			if all[i], err = d.closeSurvey(ctx, slug, x.ID); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(all, func(a, b feedback.Survey) int {
		return cmp.Or(cmp.Compare(b.Opens, a.Opens), cmp.Compare(a.ID, b.ID))
	})
	return all, nil
}

// Survey gives one survey; CodeNotFound when the body has none of that id.
func (d *Desk) Survey(ctx context.Context, slug, id string) (feedback.Survey, error) {
	all, err := d.Surveys(ctx, slug)
	if err != nil {
		return feedback.Survey{}, err
	}
	for _, x := range all {
		if x.ID == id {
			return x, nil
		}
	}
	return feedback.Survey{}, notFound("Такого опроса нет.")
}

// closeSurvey sums a survey up. The marks are forgotten; so are the words when there were too few answers.
func (d *Desk) closeSurvey(ctx context.Context, slug, id string) (x feedback.Survey, err error) {
	err = d.do(ctx, Actor{}, slug, func(a *act) (err error) {
		if x, _, err = a.tx.Survey(ctx, slug, id); err != nil || x.Result != nil {
			return err
		}
		as, err := a.tx.Answers(ctx, slug, id)
		if err != nil {
			return err
		}
		r := feedback.SumUpSurvey(x, as, FeedbackTerms(a.procedure).Threshold)
		x.Result = &r
		if err := a.tx.PutSurvey(ctx, slug, x); err != nil {
			return err
		}
		return a.tx.DropAnswers(ctx, slug, id, r.Few)
	})
	return x, wrap(err, "upkeep: survey %s of %s", id, slug)
}

// AnswerSurvey keeps the answers of one form; sent again it changes nothing. Marks that the questions do not know are left
// out; CodeInvalid when nothing is left, CodeRefused when the survey is not open.
func (d *Desk) AnswerSurvey(ctx context.Context, slug, id string, f feedback.Form, marks map[string]int, texts map[string]string) error {
	err := d.do(ctx, Actor{}, slug, func(a *act) error {
		x, ok, err := a.tx.Survey(ctx, slug, id)
		if err != nil {
			return err
		}
		if !ok {
			return notFound("Такого опроса нет.")
		}
		if x.State(string(register.DateOf(a.now))) != feedback.SurveyOpen {
			return refused("Опрос сейчас закрыт.")
		}
		kept, said := map[string]int{}, 0
		var words []feedback.Answer
		for _, q := range x.Questions {
			top := 5
			switch q.Kind {
			case feedback.AskWords:
				if text := feedback.Tidy(texts[q.Key], feedback.MaxText); utf8.RuneCountInString(text) > 1 {
					words = append(words, feedback.Answer{ID: f.ID(q.Key), Survey: id, Question: q.Key, Text: text})
				}
				continue
			case feedback.AskChoice:
				top = len(q.Options)
			}
			if m := marks[q.Key]; m >= 1 && m <= top {
				kept[q.Key] = m
				said++
			}
		}
		if said == 0 && len(words) == 0 {
			return invalid("Ответьте хотя бы на один вопрос.")
		}
		fresh, err := a.tx.AddAnswer(ctx, slug, feedback.Answer{ID: f.ID("marks"), Survey: id, Marks: kept})
		if err != nil || !fresh {
			return err
		}
		for _, w := range words {
			if _, err := a.tx.AddAnswer(ctx, slug, w); err != nil {
				return err
			}
		}
		n, err := a.tx.FreshAnswers(ctx, slug, id)
		if err != nil {
			return err
		}
		return a.tx.MixAnswers(ctx, slug, id, n >= FeedbackTerms(a.procedure).Threshold)
	})
	return wrap(err, "upkeep: answer to survey %s of %s", id, slug)
}

// SurveyWords are what was written to a question of a survey that is summed up, for those who work in the body; none where
// there were too few answers.
func (d *Desk) SurveyWords(ctx context.Context, actor Actor, slug, id, question string) (texts []string, err error) {
	err = d.look(ctx, actor, slug, func(v View, s sight) error {
		if !s.has(register.RoleOfficer, register.RoleHead) {
			return refused("Ответы своими словами читают уполномоченное лицо и руководитель.")
		}
		x, ok, err := v.Survey(ctx, slug, id)
		if err != nil || !ok || x.Result == nil || x.Result.Few {
			return err
		}
		all, err := v.Answers(ctx, slug, id)
		for _, a := range all {
			if a.Question == question {
				texts = append(texts, a.Text)
			}
		}
		return err
	})
	return texts, wrap(err, "upkeep: words of survey %s of %s", id, slug)
}
