package procedure

import (
	"bytes"
	"io/fs"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"perechen/procedures"
)

// IDs gives the ids of the procedures in the binary, sorted.
func IDs() []string {
	names, err := fs.Glob(procedures.FS, "*.yaml")
	if err != nil {
		panic("procedure: " + err.Error()) // only a malformed pattern
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, path.Ext(n))
	}
	return names
}

// Load reads the procedure ID.yaml of fsys; procedures.FS holds those of the binary.
func Load(fsys fs.FS, id string) (*Procedure, error) {
	name := id + ".yaml"
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	return Parse(name, b)
}

// Parse reads one procedure file; name is how errors call it.
func Parse(name string, data []byte) (*Procedure, error) {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	var p Procedure
	if err := d.Decode(&p); err != nil {
		return nil, err
	}
	return &p, nil
}
