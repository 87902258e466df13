package web

import (
	"testing"

	"perechen/internal/testkit/stores"
)

// TestTheWorkOfABody goes, on PostgreSQL too, through what is done in the browser: a proposal is returned and included, points
// are confirmed, an edition is approved and published, tasks and notices are ticked off, and a person finds where to turn;
// sessions end and rights are taken at once.
func TestTheWorkOfABody(t *testing.T) {
	stores.OnPostgreSQL(t,
		TestTelephoneGoesFromTheDepartmentIntoTheRegister, TestTwoTextsOfOneFieldStandSideBySide, TestInclusionBindsToWhatWasShown, TestProposalsAreListedAndFiltered,
		TestConfirmInOneClick, TestTaskIsSeenDoneAndGone, TestAnEditionFromPreparationToPublication, TestFindingsAreSettledInTheBrowser,
		TestNoticesAreSeenAndTickedOff, TestAPersonFindsWhereToTurn, TestSessionsEnd, TestRevokedPersonIsOutAtOnce,
		TestTheOfficerKeepsTheRegisterOfProcesses, TestANewBodyInTheBrowser, TestPagesAreReadWhileTheRegisterGrows)
}
