package proof

import "golang.org/x/mod/sumdb/tlog"

// A Verdict is what a verification found. Text is one Russian sentence fit to be shown as it is.
type Verdict struct {
	OK      bool      `json:"ok"`
	Body    string    `json:"body"`
	Entries int64     `json:"entries"` // read
	Bytes   int64     `json:"bytes"`   // of leaves and contents, hashed
	Erased  int64     `json:"erased"`  // entries whose content was lawfully erased
	Root    tlog.Hash `json:"root"`    // of the entries read
	Bad     int64     `json:"bad"`     // number of the first bad entry; 0 when it is not an entry, or none is
	Key     string    `json:"key"`     // name of the key that signed
	Trusted bool      `json:"trusted"` // that key was given by the one who asks, not by the file itself
	Text    string    `json:"text"`
}
