package upkeep_test

import (
	"os"
	"testing"

	"perechen/internal/testkit/pgtest"
	"perechen/internal/testkit/stores"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// TestTheDesk runs what people do on PostgreSQL too, where transactions wait, conflict and are run again otherwise than in a
// file.
func TestTheDesk(t *testing.T) {
	stores.OnPostgreSQL(t,
		TestProposalFromDraftToInclusion, TestNobodyIncludesTheirOwn, TestRightsOfProposals, TestApprovalBindsToTheContent, TestStaleSaveOverwritesNothing,
		TestSavesOfOnePersonAreOneVersion, TestLateSaveKeepsASubmission, TestWhatCannotBeProposed, TestSubmitNamesWhatIsMissing, TestDirectActs,
		TestReplaceContactEverywhere, TestExcludeProcessWithItsUsages, TestASuccessorComesWithTheExclusion, TestReplacementsThatLeadNowhere, TestTwoPeopleAtOnePoint, TestConflictsOfPresence,
		TestEditionIsApprovedAsItWasPrepared, TestWhoMayNotPrepareOrApprove, TestPreparedEditionIsVoidWithTheNextEntry, TestPublications,
		TestFindingsAreRejectedAndRestored, TestErasureReachesProposals,
		TestPeopleAreToldOfNewTasksOnce, TestRemindersComeOnWorkingDaysAndOnce, TestLettersAreTriedAgainWithGrowingPauses, TestMailGoesAsThePersonWants,
		TestARefusedActTellsNobody, TestAppointments, TestConfirm, TestConfirmedThenChanged, TestTasksOpenInTheLog, TestNewProcedureOpensTasks,
		TestIncludedProposalClosesTheTask, TestABrokenPointIsAFindingAndATask, TestABrokenPointIsToldOnceWhicheverNodeLooks)
}
