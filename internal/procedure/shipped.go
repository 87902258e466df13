package procedure

import "perechen/procedures"

// Shipped reads one of the procedures in the binary (IDs).
func Shipped(id string) (*Procedure, error) { return Load(procedures.FS, id) }
