package procedure

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

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

// Load reads the procedure ID.yaml of fsys; procedures.FS holds those of the binary. Every error is an Errors.
func Load(fsys fs.FS, id string) (*Procedure, error) {
	name := id + ".yaml"
	b, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, Errors{{File: "procedures/" + name, Expected: "такого порядка нет, ожидался один из: " + strings.Join(IDs(), ", ")}}
	}
	return Parse("procedures/"+name, b)
}

// LoadFile reads a procedure from the disk, of any size that Parse allows. Every error is an Errors.
func LoadFile(name string) (*Procedure, error) {
	fail := func(expected string) (*Procedure, error) { return nil, Errors{{File: name, Expected: expected}} }
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fail("ожидался файл порядка (.yaml), а такого файла нет")
	}
	if err != nil {
		return fail("ожидался файл порядка (.yaml), а открыть этот не удалось")
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return fail("ожидался файл порядка (.yaml), а это не файл")
	}
	b, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return fail("ожидался файл порядка (.yaml), а прочесть этот не удалось")
	}
	return Parse(name, b)
}

// Parse reads one procedure file; name is how errors call it. Everything that is wrong is told at once: each error is an
// Errors, sorted by line. What the published schema cannot say — that codes do not repeat, that clauses, kinds and
// departments referred to exist, that quotations are in the text, that days are in the calendar — is checked too.
func Parse(name string, data []byte) (*Procedure, error) {
	t := readTree(name, data)
	if t.root == nil && len(t.errs) > 0 {
		return nil, t.errs.sorted()
	}
	t.validate()
	p, err := t.decode()
	if err == nil {
		t.verify(p)
	} else if len(t.errs) == 0 {
		t.fail(0, "", schema().root.expected())
	}
	if len(t.errs) > 0 {
		return nil, t.errs.sorted()
	}
	return p, nil
}
