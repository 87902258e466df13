package store

import (
	"context"
	"fmt"
	"testing"

	"perechen/internal/feedback"
	"perechen/internal/upkeep"
)

// TestRowsOfFeedbackDoNotTellWhatCameTogether: after each answer all rows of the group that is not full are of one transaction
// and lie in the order of their random ids, so that neither xmin nor ctid ties words to marks or tells which came first.
func TestRowsOfFeedbackDoNotTellWhatCameTogether(t *testing.T) {
	in := node(t, newAddress(t), install(t).key)
	in.addBody(slug)
	ctx := context.Background()
	for i, id := range []string{"7", "3", "9", "1"} {
		err := in.store.Upkeep().Update(ctx, func(tx upkeep.Tx) error {
			of := feedback.Subject{Kind: feedback.OfPoint, Key: "phone"}
			if _, err := tx.AddOpinion(ctx, slug, feedback.Opinion{ID: "o" + id, Month: "2026-04", Scale: 4, Subject: of}); err != nil {
				return err
			}
			if _, err := tx.AddAppeal(ctx, slug, feedback.Appeal{ID: "a" + id, Month: "2026-04", Text: "Слова", Subject: of, State: feedback.Accepted}); err != nil {
				return err
			}
			return tx.Mix(ctx, slug, false)
		})
		if err != nil {
			t.Fatal(err)
		}
		var transactions, disorder int
		if err := in.store.write.QueryRow(`SELECT count(DISTINCT x) FROM (SELECT xmin::text AS x FROM opinion UNION ALL SELECT xmin::text FROM appeal) AS rows`).Scan(&transactions); err != nil {
			t.Fatal(err)
		}
		if err := in.store.write.QueryRow(`SELECT count(*) FROM appeal a JOIN appeal b ON a.ctid < b.ctid AND a.id > b.id`).Scan(&disorder); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(transactions, disorder); got != "1 0" {
			t.Errorf("after %d answers: %d transactions, %d rows out of order", i+1, transactions, disorder)
		}
	}
}
