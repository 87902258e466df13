package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/upkeep"
)

func (v *view) Proposal(ctx context.Context, slug, id string) (p upkeep.Proposal, ok bool, err error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return p, false, err
	}
	err = v.each(ctx, func(rows *sql.Rows) (err error) {
		ok = true
		p, err = readProposal(ctx, rows, slug)
		return err
	}, `SELECT id, facts FROM proposal WHERE id = $1 AND body = $2`, id, b)
	return p, ok, err
}

func (v *view) Proposals(ctx context.Context, slug string, q upkeep.ProposalQuery, visit func(upkeep.Proposal) error) error {
	b, err := v.body(ctx, slug)
	if err != nil {
		return err
	}
	where, args := []string{`body = $1`}, []any{b}
	among := func(column string, values []any) {
		var places []string
		for _, x := range values {
			args = append(args, x)
			places = append(places, fmt.Sprintf("$%d", len(args)))
		}
		if len(places) > 0 {
			where = append(where, column+` IN (`+strings.Join(places, ", ")+`)`)
		}
	}
	among(`id`, anys(q.IDs))
	among(`state`, anys(q.States))
	among(`department`, anys(q.Departments))
	if q.Author != "" {
		among(`author`, []any{q.Author})
	}
	columns := `id, facts`
	read := func(rows *sql.Rows) (upkeep.Proposal, error) { return readProposal(ctx, rows, slug) }
	if q.Bare {
		columns = `id, department, author, state, updated`
		read = func(rows *sql.Rows) (upkeep.Proposal, error) {
			p := upkeep.Proposal{Body: slug}
			var updated int64
			err := scan(ctx, rows, &p.ID, &p.Department, &p.Author, &p.State, &updated)
			p.Updated = time.UnixMicro(updated).UTC()
			return p, err
		}
	}
	return v.each(ctx, func(rows *sql.Rows) error {
		p, err := read(rows)
		if err != nil {
			return err
		}
		return visit(p)
	}, `SELECT `+columns+` FROM proposal WHERE `+strings.Join(where, ` AND `)+` ORDER BY updated DESC, id`, args...)
}

func anys[T ~string](xs []T) []any {
	var out []any
	for _, x := range xs {
		out = append(out, string(x))
	}
	return out
}

// readProposal reads a row of id and facts.
func readProposal(ctx context.Context, rows *sql.Rows, slug string) (upkeep.Proposal, error) {
	var p upkeep.Proposal
	var id string
	var facts []byte
	if err := scan(ctx, rows, &id, &facts); err != nil {
		return p, err
	}
	if err := json.Unmarshal(facts, &p); err != nil || p.ID != id || p.Body != slug {
		return p, &ledger.Error{Code: ledger.CodeDamaged, Text: "База данных повреждена: предложение «" + id + "» не читается.", Err: errors.Join(err)}
	}
	return p, nil
}

func (v *view) ProposalVersions(ctx context.Context, slug, id string) ([]upkeep.ProposalVersion, error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	var out []upkeep.ProposalVersion
	err = v.each(ctx, func(rows *sql.Rows) error {
		var x upkeep.ProposalVersion
		var saved, submitted int64
		if err := scan(ctx, rows, &x.Version, &x.By, &saved, &submitted, &x.Hash); err != nil {
			return err
		}
		x.At, x.Submitted = time.UnixMicro(saved).UTC(), submitted != 0
		out = append(out, x)
		return nil
	}, `SELECT v.version, v.saver, v.saved, v.submitted, v.hash
		FROM proposal_version v JOIN proposal p ON p.id = v.proposal
		WHERE p.id = $1 AND p.body = $2 ORDER BY v.version`, id, b)
	return out, err
}

func (v *view) ProposalContent(ctx context.Context, slug, id string, version int64) ([]byte, error) {
	b, err := v.body(ctx, slug)
	if err != nil {
		return nil, err
	}
	var content []byte
	err = v.each(ctx, func(rows *sql.Rows) error {
		return scan(ctx, rows, &content)
	}, `SELECT v.content FROM proposal_version v JOIN proposal p ON p.id = v.proposal
		WHERE p.id = $1 AND p.body = $2 AND v.version = $3`, id, b, version)
	return content, err
}

func (w *writer) PutProposal(ctx context.Context, p upkeep.Proposal, was int64) (bool, error) {
	b, err := w.body(ctx, p.Body)
	if err != nil {
		return false, err
	}
	facts, err := json.Marshal(p)
	if err != nil {
		return false, err
	}
	query := `INSERT INTO proposal (id, body, department, author, state, version, updated, facts)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`
	args := []any{p.ID, b, p.Department, p.Author, string(p.State), p.Version, p.Updated.UnixMicro(), string(facts)}
	if was != 0 {
		query = `UPDATE proposal SET department = $3, author = $4, state = $5, version = $6, updated = $7, facts = $8
			WHERE id = $1 AND body = $2 AND version = $9`
		args = append(args, was)
	}
	n, err := w.run(ctx, query, args...)
	return n == 1, err
}

func (w *writer) PutProposalVersion(ctx context.Context, slug, id string, v upkeep.ProposalVersion, content []byte) error {
	if err := w.ownProposal(ctx, slug, id); err != nil {
		return err
	}
	submitted := 0
	if v.Submitted {
		submitted = 1
	}
	return w.exec(`INSERT INTO proposal_version (proposal, version, saver, saved, submitted, hash, content)
		VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (proposal, version) DO UPDATE SET submitted = excluded.submitted`,
		id, v.Version, v.By, v.At.UnixMicro(), submitted, v.Hash, content)
}

func (w *writer) ReplaceProposalContent(ctx context.Context, slug, id string, version int64, content []byte) error {
	if err := w.ownProposal(ctx, slug, id); err != nil {
		return err
	}
	w.erased = true
	return w.exec(`UPDATE proposal_version SET content = $1 WHERE proposal = $2 AND version = $3`, content, id, version)
}

func (w *writer) DropProposalVersion(ctx context.Context, slug, id string, version int64) error {
	if err := w.ownProposal(ctx, slug, id); err != nil {
		return err
	}
	return w.exec(`DELETE FROM proposal_version WHERE proposal = $1 AND version = $2 AND submitted = 0`, id, version)
}

// ownProposal holds writers to proposals of the body they name.
func (w *writer) ownProposal(ctx context.Context, slug, id string) error {
	_, ok, err := w.Proposal(ctx, slug, id)
	if err == nil && !ok {
		err = &ledger.Error{Code: ledger.CodeNotFound, Text: "Такого предложения нет."}
	}
	return err
}
