package upkeep

import (
	"slices"

	"perechen/internal/register"
)

// What an actor may do with proposals. Whoever may not even see one is told that there is none.

// seesProposal: a draft is the business of its department and of the officers; what has been submitted may be read by all
// who have a working role in the body. The author sees their own as long as they have any role.
func (s sight) seesProposal(p *Proposal) bool {
	switch {
	case s.editsProposal(p):
		return true
	case s.actor.Account == "" || s.grants.Empty():
		return false
	case p.Author == s.actor.Account:
		return true
	case p.State == StateDraft || p.Submitted.IsZero():
		return false
	case p.State == StateReturned:
		return s.in(register.RoleHead, p.Department)
	}
	return s.has(register.RoleHead, register.RoleReader, register.RoleCoordinator)
}

// editsProposal: people of its department, and officers who answer for that department.
func (s sight) editsProposal(p *Proposal) bool { return s.draws(p.Department) }

// draws tells whether the actor may draw up proposals for a department (empty: for the body as a whole).
func (s sight) draws(department string) bool {
	return s.in(register.RoleDepartment, department) || s.in(register.RoleOfficer, department)
}

// decides tells whether the actor may return and include what a department proposes, whoever drew it up.
func (s sight) decides(p *Proposal) bool {
	return s.in(register.RoleOfficer, p.Department) || s.in(register.RoleHead, p.Department)
}

// own tells whether the actor had a hand in the proposal: then somebody else decides, whatever roles the actor holds.
func (s sight) own(p *Proposal) bool {
	return p.Author == s.actor.Account || slices.Contains(p.Savers, s.actor.Account)
}

// May says what an actor may do with a proposal as it stands. Why is a sentence for the thing that the actor's role would
// allow but this proposal does not; empty when there is none.
type May struct {
	Edit, Submit, Withdraw, Return, Include bool

	Why string
}

const ownText = "Вы сами готовили это предложение: включить или вернуть его должен другой сотрудник."

func (s sight) may(p *Proposal) May {
	var m May
	open := p.State == StateDraft || p.State == StateSubmitted || p.State == StateReturned
	if s.editsProposal(p) {
		m.Edit, m.Withdraw = open, open
		m.Submit = p.State == StateDraft || p.State == StateReturned
	}
	if p.State == StateSubmitted && s.decides(p) {
		if s.own(p) {
			m.Why = ownText
		} else {
			m.Return, m.Include = true, true
		}
	}
	return m
}
