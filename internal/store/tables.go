package store

// tables are what an installation consists of, each after those that it refers to. What is derived from logs is not among
// them: it is made anew (ledger.Rebuild).
//
// A new table needs a migration in each of migrations/sqlite and migrations/postgres, of one name and with the same columns,
// and a place here or in passing; a test holds that.
var tables = []string{
	"body", "head", "entry", "content",
	"account", "device", "guess", "audit", "notice", "mail_mode",
	"proposal", "proposal_version",
	"file", "prepared_edition",
	"job_run", "checkpoint",
	"opinion", "appeal", "feedback_result", "survey", "survey_answer", "feedback_key",
	"health_setting", "point_health",
}

// derived are the tables that a rebuild fills.
var derived = []string{"node", "version", "search"}

// passing are the tables whose rows are no part of an installation: whoever is signed in signs in again, the jobs of the
// program begin anew, and a page is made again.
var passing = []string{"session", "job", "schema_floor", "front", "renewal"}

// numbered are the tables that number their rows themselves, by the column id.
var numbered = []string{"audit", "notice", "job_run"}
