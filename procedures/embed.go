// Package procedures carries the orders of the first customers: each as data (ID.yaml, described by procedure.schema.json)
// and, in orders/, as the office files a clerk has. Everything is in the binary, so that a machine without a network can begin.
package procedures

import "embed"

// FS holds *.yaml, procedure.schema.json and orders/*.
//
//go:embed orders
var FS embed.FS
