// Package procedures carries the orders of the first customers: each as data (ID.yaml, described by procedure.schema.json)
// and, in orders/, as the office files a clerk has. common/ holds what belongs to no single body: needs, kinds of channels
// and columns with the words by which they are recognised. Everything is in the binary, so that a machine without a
// network can begin.
package procedures

import "embed"

// FS holds *.yaml, procedure.schema.json, common/*, journeys/* and orders/*. journeys/ holds клиентские пути that any body may take
// as a proposal (package journey).
//
//go:embed *.yaml procedure.schema.json common journeys orders
var FS embed.FS
