package upkeep

import (
	"context"

	"perechen/internal/feedback"
	"perechen/internal/ledger"
)

// A Store keeps logs together with what is not in them: proposals, notices, files. Its errors that a person can do
// something about are *ledger.Error.
type Store interface {
	// View runs fn over one consistent snapshot.
	View(ctx context.Context, fn func(View) error) error
	// Update runs fn in one transaction that is committed, durably, when fn returns nil, and otherwise leaves nothing
	// behind. fn may be run again after a conflict of transactions.
	Update(ctx context.Context, fn func(Tx) error) error
}

// A View reads.
type View interface {
	ledger.View
	ProposalView
	EditionView
	NoticeView
	HealthView
	feedback.View
}

// A Tx reads and writes; proposals, notices and entries of the log are committed together.
type Tx interface {
	ledger.Tx
	ProposalView
	ProposalTx
	EditionView
	EditionTx
	NoticeView
	NoticeTx
	HealthView
	HealthTx
	feedback.View
	feedback.Tx
}

// A ProposalView reads proposals. Nothing of one body is ever given for the address of another.
type ProposalView interface {
	// Proposal returns a proposal without its content; ok is false when the body has none of that id.
	Proposal(ctx context.Context, slug, id string) (p Proposal, ok bool, err error)
	// Proposals visits the proposals of a body, without contents, the one touched last first.
	Proposals(ctx context.Context, slug string, q ProposalQuery, visit func(Proposal) error) error
	// ProposalVersions returns the versions that are kept, oldest first, without contents.
	ProposalVersions(ctx context.Context, slug, id string) ([]ProposalVersion, error)
	// ProposalContent returns the content of one version as it is stored; nil when there is no such version.
	ProposalContent(ctx context.Context, slug, id string, version int64) ([]byte, error)
}

// A ProposalTx writes proposals.
type ProposalTx interface {
	// PutProposal writes the state of a proposal; was is the version that it has, 0 for a new one. ok is false, and nothing
	// written, when it has another.
	PutProposal(ctx context.Context, p Proposal, was int64) (ok bool, err error)
	// PutProposalVersion adds a version with its content.
	PutProposalVersion(ctx context.Context, slug, id string, v ProposalVersion, content []byte) error
	// ReplaceProposalContent writes another content over one that must not stay readable.
	ReplaceProposalContent(ctx context.Context, slug, id string, version int64, content []byte) error
	// DropProposalVersion takes away a version that a later one of the same person stands for.
	DropProposalVersion(ctx context.Context, slug, id string, version int64) error
}

// An EditionView reads what is prepared.
type EditionView interface {
	// Prepared returns the edition that a body has prepared; ok is false when there is none.
	Prepared(ctx context.Context, slug string) (p PreparedEdition, ok bool, err error)
}

// An EditionTx writes it.
type EditionTx interface {
	// PutPrepared keeps a prepared edition in place of the one before.
	PutPrepared(ctx context.Context, slug string, p PreparedEdition) error
	// DropPrepared forgets it.
	DropPrepared(ctx context.Context, slug string) error
}
