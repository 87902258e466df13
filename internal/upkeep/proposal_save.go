package upkeep

import (
	"bytes"
	"context"
	"slices"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/register"
)

// Bounds of what one proposal may hold.
const (
	maxProposal     = 64 << 20 // bytes of its content; a whole register of 100 000 usages is half of that
	maxText         = 4096     // bytes of each part of the ground, of a remark
	maxProposalNote = 64 << 10
)

// A Draft is what a form brings.
type Draft struct {
	ID         string // NewID, given out with the form
	Version    int64  // the version that the form was filled from; 0: a new proposal
	Department string // key; empty for a new one: the department that the actor answers for, if it is one
	Content

	files map[string][]byte // kept with the draft, by the sums of their bytes
}

// Save keeps a draft, half-typed or not, in one durable transaction. A save that is repeated because its answer was lost
// changes nothing. A save made from an older version overwrites nothing: it is answered by CodeStale with both texts. A
// saved proposal that was submitted is a draft again, and what was submitted is void.
func (d *Desk) Save(ctx context.Context, actor Actor, slug string, dr Draft) (*Proposal, error) {
	r, err := d.ledger.State(ctx, slug, 0)
	if err != nil {
		return nil, wrap(err, "upkeep: save proposal %s of %s", dr.ID, slug)
	}
	raw, content, err := tidy(withContacts(r, dr.Content))
	if err != nil {
		return nil, err
	}
	if !validID(dr.ID) {
		return nil, invalid("Обозначение предложения не годится: откройте форму заново.")
	}
	var p *Proposal
	err = d.do(ctx, actor, slug, func(a *act) error {
		for sum, content := range dr.files {
			if err := a.tx.PutFile(ctx, slug, sum, content); err != nil {
				return err
			}
		}
		old, ok, err := a.tx.Proposal(ctx, slug, dr.ID)
		if err != nil {
			return err
		}
		if !ok {
			p, err = d.create(ctx, a, dr, raw, content)
			return err
		}
		p, err = d.saveOver(ctx, a, &old, dr, raw, content)
		return err
	})
	if err != nil {
		return nil, wrap(err, "upkeep: save proposal %s of %s", dr.ID, slug)
	}
	return p, nil
}

func (d *Desk) create(ctx context.Context, a *act, dr Draft, raw []byte, content *Content) (*Proposal, error) {
	if dr.Version != 0 {
		return nil, notFound("Такого предложения нет.")
	}
	dep, err := a.department(dr.Department)
	if err != nil {
		return nil, err
	}
	p := &Proposal{ID: dr.ID, Body: a.slug, Department: dep, Author: a.actor.Account, State: StateDraft, Created: micro(a.now)}
	return p, a.keep(ctx, p, raw, content)
}

// department finds for which department the actor draws up a proposal.
func (s sight) department(key string) (string, error) {
	if key == "" && !s.draws("") {
		keys, _ := s.grants.Departments(register.RoleDepartment)
		more, _ := s.grants.Departments(register.RoleOfficer)
		for _, k := range more {
			if !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
		if len(keys) > 1 {
			return "", &Error{Code: CodeInvalid, Text: "Укажите, от какого отдела предложение.", Fields: []FieldError{{Field: "department", Text: "Укажите отдел."}}}
		}
		if len(keys) == 1 {
			key = keys[0]
		}
	}
	if !s.draws(key) {
		return "", refused("Предложения готовят сотрудники отделов и уполномоченное лицо. У вас нет такого назначения в этом органе.")
	}
	if key != "" && !slices.ContainsFunc(s.register.Departments, func(d register.Department) bool { return d.Key == key }) {
		return "", &Error{Code: CodeInvalid, Text: "Такого отдела в органе нет.", Fields: []FieldError{{Field: "department", Text: "Выберите отдел из списка."}}}
	}
	return key, nil
}

func (d *Desk) saveOver(ctx context.Context, a *act, p *Proposal, dr Draft, raw []byte, content *Content) (*Proposal, error) {
	if !a.seesProposal(p) {
		return nil, notFound("Такого предложения нет.")
	}
	if !a.editsProposal(p) {
		return nil, refused("Это предложение меняют сотрудники его отдела и уполномоченное лицо.")
	}
	current, err := a.tx.ProposalContent(ctx, a.slug, p.ID, p.Saved)
	if err != nil {
		return nil, err
	}
	dep := p.Department
	if dr.Department != "" && dr.Department != dep {
		if dep, err = a.department(dr.Department); err != nil {
			return nil, err
		}
	}
	if bytes.Equal(current, raw) && dep == p.Department {
		p.Content = content
		return p, nil // kept already: nothing was typed, or the answer to the first save was lost
	}
	if p.State == StateIncluded || p.State == StateWithdrawn {
		return nil, a.stale(ctx, p, current, dr, content, "Это предложение уже закрыто. Ваш текст не сохранён: подготовьте новое предложение.")
	}
	// A return moves the version on, but leaves the content that the form was filled from.
	untouched := dr.Version < p.Version && dr.Version >= p.Saved && p.State == StateReturned
	if dr.Version != p.Version && !untouched {
		return nil, a.stale(ctx, p, current, dr, content, "Пока вы правили предложение, его сохранил другой человек или другое окно. Ничего не потеряно: сравните оба текста и выберите.")
	}
	if p.State == StateSubmitted {
		p.State, p.Hash = StateDraft, ""
	}
	p.Department = dep
	return p, a.keep(ctx, p, raw, content)
}

// stale is the answer to a save that comes too late, with both texts.
func (a *act) stale(ctx context.Context, p *Proposal, current []byte, dr Draft, mine *Content, text string) error {
	theirs, err := decodeContent(current)
	if err != nil {
		return damaged(p, err)
	}
	var base *Content
	if raw, err := a.tx.ProposalContent(ctx, a.slug, p.ID, dr.Version); err != nil {
		return err
	} else if raw != nil {
		if base, err = decodeContent(raw); err != nil {
			return damaged(p, err)
		}
	}
	p.Content = theirs
	return &Error{Code: CodeStale, Text: text, Current: p, Conflicts: between(base, theirs, mine)}
}

func damaged(p *Proposal, err error) error {
	return &ledger.Error{Code: ledger.CodeDamaged, Text: "База данных повреждена: предложение «" + p.ID + "» не читается.", Err: err}
}

// keep writes content as the next version of a proposal.
func (a *act) keep(ctx context.Context, p *Proposal, raw []byte, content *Content) error {
	was, last := p.Version, p.Saved
	p.Version++
	p.Saved, p.Updated = p.Version, micro(a.now)
	if !slices.Contains(p.Savers, a.actor.Account) {
		p.Savers = append(p.Savers, a.actor.Account)
	}
	p.Outline = outline(content, a.register)
	p.Content = content
	if err := a.put(ctx, p, was); err != nil {
		return err
	}
	if last != 0 {
		vs, err := a.tx.ProposalVersions(ctx, a.slug, p.ID)
		if err != nil {
			return err
		}
		if v := vs[len(vs)-1]; v.Version == last && v.By == a.actor.Account && !v.Submitted {
			if err := a.tx.DropProposalVersion(ctx, a.slug, p.ID, last); err != nil {
				return err
			}
		}
	}
	return a.tx.PutProposalVersion(ctx, a.slug, p.ID, ProposalVersion{Version: p.Saved, By: a.actor.Account, At: p.Updated, Hash: HashOf(raw)}, raw)
}

// put writes the proposal's state.
func (a *act) put(ctx context.Context, p *Proposal, was int64) error {
	ok, err := a.tx.PutProposal(ctx, *p, was)
	if err == nil && !ok {
		err = &Error{Code: CodeStale, Text: "Предложение тем временем изменилось. Ничего не записано: посмотрите его и повторите."}
	}
	return err
}

// micro is a time as the store keeps it.
func micro(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
