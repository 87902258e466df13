package storetest

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/feedback"
	"perechen/internal/upkeep"
)

var (
	phoneSubject = feedback.Subject{Kind: feedback.OfPoint, Key: "phone"}
	anOpinion    = feedback.Opinion{ID: "b1", Month: "2026-04", Channel: "phone", Need: "info", Got: true, Scale: 4, Subject: phoneSubject}
	anAppeal     = feedback.Appeal{ID: "c1", Code: feedback.CodePrint("12345678901234567890"), Fresh: true, Month: "2026-04", Need: "info",
		Text: "Не дозвониться\nдо обеда", Subject: phoneSubject, State: feedback.Accepted}
)

// testFeedback: what was said is kept once, found by its code, written over only on top of what was seen, and sealed off.
func testFeedback(t *testing.T, f *fixture, s upkeep.Store) {
	tx := func(fn func(tx upkeep.Tx) error) {
		t.Helper()
		if err := s.Update(f.ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	tx(func(tx upkeep.Tx) error {
		for _, want := range []bool{true, false} { // the same form sent twice
			ok, err := tx.AddOpinion(f.ctx, slug, anOpinion)
			if err != nil || ok != want {
				t.Errorf("AddOpinion = %v, %v", ok, err)
			}
			if ok, err = tx.AddAppeal(f.ctx, slug, anAppeal); err != nil || ok != want {
				t.Errorf("AddAppeal = %v, %v", ok, err)
			}
		}
		return nil
	})
	look := func(fn func(v upkeep.View) error) {
		t.Helper()
		if err := s.View(f.ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	look(func(v upkeep.View) error {
		os, err := v.Opinions(f.ctx, slug)
		if diff := cmp.Diff([]feedback.Opinion{anOpinion}, os); err != nil || diff != "" {
			t.Error(err, diff)
		}
		a, ok, err := v.AppealByCode(f.ctx, slug, anAppeal.Code)
		if diff := cmp.Diff(anAppeal, a); err != nil || !ok || diff != "" {
			t.Error(ok, err, diff)
		}
		if _, ok, _ := v.AppealByCode(f.ctx, "other", anAppeal.Code); ok {
			t.Error("another body finds the code")
		}
		if _, ok, _ := v.Appeal(f.ctx, "other", anAppeal.ID); ok {
			t.Error("another body finds the appeal")
		}
		return nil
	})
	done := anAppeal
	done.State, done.Answer, done.Version, done.Text = feedback.Considered, "Поставили второй аппарат", 1, "Не дозвониться"
	tx(func(tx upkeep.Tx) error {
		for _, want := range []bool{true, false} {
			if ok, err := tx.PutAppeal(f.ctx, slug, done, 0); err != nil || ok != want {
				t.Errorf("PutAppeal = %v, %v", ok, err)
			}
		}
		if err := tx.SumAppeals(f.ctx, slug, []string{"c1", "gone"}, "2026-2"); err != nil {
			return err
		}
		done.Summed, done.Need = "2026-2", ""
		a, ok, err := tx.Appeal(f.ctx, slug, "c1")
		if diff := cmp.Diff(done, a); !ok || diff != "" {
			t.Error(ok, diff)
		}
		return err
	})
	r := feedback.Result{Quarter: "2026-2", From: "2026-04", Threshold: 5, Blocks: []feedback.Block{{Kind: feedback.OfPoint, Channel: "phone", Key: "phone", N: 7, Got: 3}}}
	tx(func(tx upkeep.Tx) error {
		if ok, err := tx.AddResult(f.ctx, slug, r); !ok || err != nil {
			t.Error(ok, err)
		}
		other := r
		other.Blocks = nil
		if ok, err := tx.AddResult(f.ctx, slug, other); ok || err != nil {
			t.Error("a quarter is summed up twice", err)
		}
		if err := tx.DropOpinions(f.ctx, slug, []string{"b1", "gone"}); err != nil {
			return err
		}
		os, err := tx.Opinions(f.ctx, slug)
		if len(os) != 0 {
			t.Error("an opinion is still there")
		}
		rs, _ := tx.Results(f.ctx, slug)
		if diff := cmp.Diff([]feedback.Result{r}, rs); diff != "" {
			t.Error(diff)
		}
		return err
	})
	tx(func(tx upkeep.Tx) error {
		for _, k := range []string{"first", "second"} {
			if err := tx.SetFormKey(f.ctx, feedback.Key(k)); err != nil {
				return err
			}
		}
		k, err := tx.FormKey(f.ctx)
		if string(k) != "first" {
			t.Errorf("the key is %q", k)
		}
		return err
	})
}

// testFeedbackMixed: whatever the order of writing, rows are given by their ids, and Mix loses none and makes none fresh.
func testFeedbackMixed(t *testing.T, f *fixture, s upkeep.Store) {
	err := s.Update(f.ctx, func(tx upkeep.Tx) error {
		for i := range 6 {
			id := fmt.Sprintf("%x", (i*5+3)%16)
			o, a := anOpinion, anAppeal
			o.ID, a.ID, a.Code, a.Text = "o"+id, "a"+id, feedback.CodePrint(id), "Текст "+id
			if _, err := tx.AddOpinion(f.ctx, slug, o); err != nil {
				return err
			}
			if _, err := tx.AddAppeal(f.ctx, slug, a); err != nil {
				return err
			}
			if n, err := tx.FreshAppeals(f.ctx, slug, a.Month); err != nil || n != (i%4)+1 {
				t.Errorf("%d are fresh after %d, %v", n, i+1, err)
			}
			if err := tx.Mix(f.ctx, slug, i == 3); err != nil {
				return err
			}
		}
		if n, err := tx.FreshAppeals(f.ctx, slug, anAppeal.Month); err != nil || n != 2 {
			t.Errorf("%d are fresh, %v", n, err)
		}
		if n, err := tx.FreshAppeals(f.ctx, slug, "2031-01"); err != nil || n != 0 {
			t.Errorf("of another month %d are fresh, %v", n, err)
		}
		if _, err := tx.AddAnswer(f.ctx, slug, feedback.Answer{ID: "x", Survey: "s1", Question: "why", Text: "Потому"}); err != nil {
			return err
		}
		for i := range 3 {
			if err := tx.MixAnswers(f.ctx, slug, "s1", i > 0); err != nil {
				return err
			}
		}
		// A survey is settled by the clients who answered it, however many texts each wrote, and no other with it.
		for _, x := range []feedback.Answer{{ID: "m1", Survey: "s1"}, {ID: "m2", Survey: "s2"}, {ID: "t2", Survey: "s2", Question: "why", Text: "Так"}, {ID: "m3", Survey: "s2"}} {
			if _, err := tx.AddAnswer(f.ctx, slug, x); err != nil {
				return err
			}
		}
		if err := tx.MixAnswers(f.ctx, slug, "s1", true); err != nil {
			return err
		}
		for survey, want := range map[string]int{"s1": 0, "s2": 2} {
			if n, err := tx.FreshAnswers(f.ctx, slug, survey); n != want || err != nil {
				t.Errorf("%d have answered %s lately, %v; want %d", n, survey, err, want)
			}
		}
		if err := tx.DropAnswers(f.ctx, slug, "s2", true); err != nil {
			return err
		}
		if err := tx.DropAnswers(f.ctx, slug, "s1", false); err != nil {
			return err
		}
		if n, err := tx.FreshAppeals(f.ctx, slug, anAppeal.Month); err != nil || n != 2 {
			t.Errorf("a survey shows appeals: %d are fresh, %v", n, err)
		}
		return tx.Mix(f.ctx, slug, true)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(f.ctx, func(v upkeep.View) error {
		as, err := v.Appeals(f.ctx, slug)
		os, _ := v.Opinions(f.ctx, slug)
		xs, _ := v.Answers(f.ctx, slug, "s1")
		if len(as) != 6 || len(os) != 6 || len(xs) != 1 {
			t.Errorf("%d appeals, %d opinions, %d answers", len(as), len(os), len(xs))
		}
		for i, a := range as {
			if a.Fresh || a.Text != "Текст "+a.ID[1:] || i > 0 && as[i-1].ID >= a.ID {
				t.Errorf("%d: %+v", i, a)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func testSurveys(t *testing.T, f *fixture, s upkeep.Store) {
	x := feedback.Survey{ID: "s1", Title: "Опрос", Opens: "2026-04-01", Closes: "2026-04-10", Questions: []feedback.Question{{Key: "q", Kind: feedback.AskScale, Text: "Как?"}}}
	marks := feedback.Answer{ID: "m", Survey: "s1", Marks: map[string]int{"q": 4}}
	words := feedback.Answer{ID: "w", Survey: "s1", Question: "q2", Text: "Хорошо"}
	err := s.Update(f.ctx, func(tx upkeep.Tx) error {
		if err := tx.PutSurvey(f.ctx, slug, x); err != nil {
			return err
		}
		for _, a := range []feedback.Answer{words, marks} {
			for _, want := range []bool{true, false} {
				if ok, err := tx.AddAnswer(f.ctx, slug, a); ok != want || err != nil {
					t.Errorf("AddAnswer = %v, %v", ok, err)
				}
			}
		}
		got, err := tx.Answers(f.ctx, slug, "s1")
		if diff := cmp.Diff([]feedback.Answer{marks, words}, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
		x.Result = &feedback.SurveyResult{Threshold: 5, Few: true}
		if err := tx.PutSurvey(f.ctx, slug, x); err != nil {
			return err
		}
		for i, want := range [][]feedback.Answer{{words}, nil} {
			if err := tx.DropAnswers(f.ctx, slug, "s1", i == 1); err != nil {
				return err
			}
			got, err = tx.Answers(f.ctx, slug, "s1")
			if diff := cmp.Diff(want, got); err != nil || diff != "" {
				t.Error("after the answers went:", err, diff)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.View(f.ctx, func(v upkeep.View) error {
		got, ok, err := v.Survey(f.ctx, slug, "s1")
		if diff := cmp.Diff(x, got); !ok || diff != "" {
			t.Error(ok, diff)
		}
		all, _ := v.Surveys(f.ctx, "other")
		if len(all) != 0 {
			t.Error("another body sees the survey")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
