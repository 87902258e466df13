package feedback

import "context"

// A View reads what was said to a body, and nothing of another body. Lists are in the order of the random ids.
type View interface {
	// Opinions returns the opinions that are not summed up yet.
	Opinions(ctx context.Context, slug string) ([]Opinion, error)
	// Appeals returns all appeals.
	Appeals(ctx context.Context, slug string) ([]Appeal, error)
	// FreshAppeals counts those of a month that are Fresh.
	FreshAppeals(ctx context.Context, slug string, m Month) (int, error)
	// Appeal returns one; ok is false when the body has none of that id.
	Appeal(ctx context.Context, slug, id string) (a Appeal, ok bool, err error)
	// AppealByCode finds the appeal of a CodePrint.
	AppealByCode(ctx context.Context, slug, print string) (a Appeal, ok bool, err error)
	// Results returns the quarters that are summed up, in order.
	Results(ctx context.Context, slug string) ([]Result, error)
	// FormKey returns the key of forms; nil when none was made yet.
	FormKey(ctx context.Context) (Key, error)

	// Surveys returns the surveys of a body, by id.
	Surveys(ctx context.Context, slug string) ([]Survey, error)
	// Survey returns one; ok is false when the body has none of that id.
	Survey(ctx context.Context, slug, id string) (s Survey, ok bool, err error)
	// Answers returns what was answered to a survey.
	Answers(ctx context.Context, slug, survey string) ([]Answer, error)
	// FreshAnswers counts the clients who have answered a survey since MixAnswers last settled it.
	FreshAnswers(ctx context.Context, slug, survey string) (int, error)
}

// A Tx writes.
type Tx interface {
	// AddOpinion and AddAppeal keep something new; ok is false, and nothing written, when it is there already.
	AddOpinion(ctx context.Context, slug string, o Opinion) (ok bool, err error)
	AddAppeal(ctx context.Context, slug string, a Appeal) (ok bool, err error)
	// PutAppeal writes over an appeal; was is the version that it has. ok is false when it has another.
	PutAppeal(ctx context.Context, slug string, a Appeal, was int) (ok bool, err error)
	// SumAppeals notes for appeals that they are in the results of a quarter, and takes their needs away: nothing asks for
	// them any more.
	SumAppeals(ctx context.Context, slug string, ids []string, quarter Quarter) error
	// Mix writes the Fresh opinions and appeals anew in the order of their ids, so that neither where a row lies nor the
	// transaction that wrote it tells when it came or what came with it. When they are shown, they are not Fresh any more.
	Mix(ctx context.Context, slug string, shown bool) error
	// MixAnswers does the same with the newest answers to a survey; those that are settled are not written anew again.
	MixAnswers(ctx context.Context, slug, survey string, settled bool) error
	// DropOpinions takes opinions away for good.
	DropOpinions(ctx context.Context, slug string, ids []string) error
	// AddResult keeps a quarter that was summed up; ok is false when it is there already.
	AddResult(ctx context.Context, slug string, r Result) (ok bool, err error)
	// SetFormKey keeps the key of forms where there is none yet.
	SetFormKey(ctx context.Context, k Key) error

	// PutSurvey writes a survey.
	PutSurvey(ctx context.Context, slug string, s Survey) error
	// AddAnswer keeps an answer; ok is false when it is there already.
	AddAnswer(ctx context.Context, slug string, a Answer) (ok bool, err error)
	// DropAnswers takes the marks answered to a survey away for good; with words, the words too, else they are written anew
	// all at once.
	DropAnswers(ctx context.Context, slug, survey string, words bool) error
}
