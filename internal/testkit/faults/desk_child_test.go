package faults

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/store"
	"perechen/internal/upkeep"
)

// When this names a data folder, the test binary is the child of TestKilledDesk: it works at the desk of that folder until it
// is killed. The model from which it begins stands on its input; on its output it says what it is about to do, and what is
// done.
const deskEnv = "PERECHEN_TEST_DESK"

const deskSlug = "komitet"

var (
	clerk   = upkeep.Actor{Account: "u-clerk"}
	officer = upkeep.Actor{Account: "u-officer"}
	head    = upkeep.Actor{Account: "u-head"}
)

// A deskLine is one line of the child's output.
type deskLine struct {
	Begin *deskStep `json:"begin,omitempty"`
	Done  bool      `json:"done,omitempty"`
}

func workAtDesk(dir string) error {
	ctx := context.Background()
	var m deskModel
	if err := json.NewDecoder(os.Stdin).Decode(&m); err != nil {
		return err
	}
	s, key, err := store.Open(ctx, dir)
	if err != nil {
		return err
	}
	d := openDesk(s, key)
	out := json.NewEncoder(os.Stdout)
	for model := &m; ; {
		step := model.next(upkeep.NewID)
		if err := out.Encode(deskLine{Begin: &step}); err != nil {
			return err
		}
		if err := take(ctx, d, model, step); err != nil {
			return fmt.Errorf("%s %s: %w", step.Op, step.ID, err)
		}
		if err := out.Encode(deskLine{Done: true}); err != nil {
			return err
		}
		model = model.after(step)
	}
}

func openDesk(s *store.Store, key *proof.Key) *upkeep.Desk {
	d := upkeep.New(s.Upkeep(), ledger.New(s, key, time.Now), nil, time.Now)
	d.Prints(printer{})
	return d
}

// take does a step.
func take(ctx context.Context, d *upkeep.Desk, m *deskModel, s deskStep) error {
	version := int64(0)
	if p := m.Proposals[s.ID]; p != nil {
		version = p.Version
	}
	hash := func() (string, error) {
		p, err := d.Proposal(ctx, officer, deskSlug, s.ID)
		if err != nil {
			return "", err
		}
		return p.Hash, nil
	}
	switch s.Op {
	case "create", "save":
		changes, err := relabel(ctx, d, s.Wants)
		if err != nil {
			return err
		}
		_, err = d.Save(ctx, clerk, deskSlug, upkeep.Draft{ID: s.ID, Version: version, Content: upkeep.Content{Changes: changes, Ground: register.Ground{Clause: "4.1"}}})
		return err
	case "submit":
		_, err := d.Submit(ctx, clerk, deskSlug, s.ID, version)
		return err
	case "withdraw":
		_, err := d.Withdraw(ctx, clerk, deskSlug, s.ID, version)
		return err
	case "return":
		h, err := hash()
		if err != nil {
			return err
		}
		_, err = d.Return(ctx, officer, deskSlug, s.ID, h, []upkeep.Remark{{Text: "проверьте номер"}})
		return err
	case "include":
		h, err := hash()
		if err != nil {
			return err
		}
		_, _, err = d.Include(ctx, officer, deskSlug, s.ID, h, register.Ground{})
		return err
	case "prepare":
		h, err := d.Ledger().Head(ctx, deskSlug)
		if err != nil {
			return err
		}
		_, err = d.PrepareEdition(ctx, officer, deskSlug, upkeep.Preparation{Head: h.N})
		return err
	case "approve":
		p, ok, err := d.Prepared(ctx, head, deskSlug)
		if err != nil || !ok {
			return errors.Join(err, errors.New("nothing is prepared"))
		}
		_, err = d.ApproveEdition(ctx, head, deskSlug, upkeep.Approval{Number: p.Number, N: p.N, Root: p.Root, Act: register.Act{Kind: "приказ", Number: strconv.Itoa(p.Number), Date: register.DateOf(time.Now())}})
		return err
	}
	return fmt.Errorf("unknown step %q", s.Op)
}

// relabel is the changes that give points their labels, drawn from the register as it is.
func relabel(ctx context.Context, d *upkeep.Desk, wants map[string]string) ([]upkeep.ProposedChange, error) {
	r, err := d.Ledger().State(ctx, deskSlug, 0)
	if err != nil {
		return nil, err
	}
	var cs []register.Change
	for _, t := range r.Touchpoints {
		if label, ok := wants[t.Key]; ok {
			t.Label = label
			cs = append(cs, register.Change{Op: register.Amend, Kind: register.KindTouchpoint, Key: t.Key, Content: register.Encode(t)})
		}
	}
	return d.Draw(ctx, clerk, deskSlug, 0, cs)
}

// A printer makes the files of an edition: one small, one that takes many pages of the database.
type printer struct{}

func (printer) Print(_ context.Context, _ string, e register.Edition) ([]upkeep.File, error) {
	return []upkeep.File{
		{Document: register.Document{Name: fmt.Sprintf("otchet-%d.txt", e.Number), Format: "txt"}, Content: fmt.Appendf(nil, "редакция %d", e.Number)},
		{Document: register.Document{Name: fmt.Sprintf("otchet-%d.bin", e.Number), Format: "bin"}, Content: slices.Repeat([]byte{byte(e.Number), byte(e.Number >> 8)}, 1<<18)},
	}, nil
}
