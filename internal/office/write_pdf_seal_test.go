package office

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

const pdfSealText = "перечень/komzan\n19\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— komzan-2026 Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"

func sealedPDF(t testing.TB) (file []byte, digest [32]byte) {
	d := pdfReport(10)
	calls := 0
	d.Seal = func(h [32]byte) (string, error) {
		calls++
		digest = h
		return pdfSealText, nil
	}
	file = pdfBytes(t, d)
	if calls != 1 {
		t.Fatalf("Seal was called %d times", calls)
	}
	return file, digest
}

func TestPDFSealIsReadBack(t *testing.T) {
	file, digest := sealedPDF(t)
	seal, got, err := ReadPDFSeal(bytes.NewReader(file), int64(len(file)))
	if err != nil || seal != pdfSealText || got != digest {
		t.Fatalf("got %q, %x, %v; want digest %x", seal, got, err, digest)
	}
}

// Whatever byte is changed, added or cut: either the file says it has no seal, or the seal or the digest differs.
func TestPDFSealCoversEveryByte(t *testing.T) {
	file, digest := sealedPDF(t)
	try := func(what string, b []byte) {
		seal, got, err := ReadPDFSeal(bytes.NewReader(b), int64(len(b)))
		if err == nil && seal == pdfSealText && got == digest {
			t.Errorf("%s: not noticed", what)
		}
	}
	space := bytes.Index(file, []byte(" <FEFF043F0435"))
	for i := range file {
		if i > 200 && i < space-100 && i%211 != 0 || i > space+1000 && i < len(file)-5000 && i%53 != 0 {
			continue // plainly under the digest, or the blanks behind the seal: here and there
		}
		b := bytes.Clone(file)
		b[i] ^= 1
		try(fmt.Sprintf("byte %d (%q)", i, file[i]), b)
	}
	try("appended", append(bytes.Clone(file), "\n9 0 obj\n<</Type/Catalog>>\nendobj\n"...))
	try("cut", file[:len(file)-1])
	end := bytes.IndexByte(file[space:], '>') + space
	smuggled := bytes.Clone(file)
	copy(smuggled[end+1:], "/Title(x)")
	try("an entry in the blanks behind the seal", smuggled)
	if seal, _, err := ReadPDFSeal(bytes.NewReader(smuggled), int64(len(smuggled))); err == nil {
		t.Errorf("an entry in the blanks behind the seal passed as seal %q", seal)
	}
}

func TestPDFWithoutSeal(t *testing.T) {
	plain := pdfBytes(t, pdfReport(1))
	for name, b := range map[string][]byte{"no seal": plain, "empty": nil, "text": []byte("просто текст"), "cut": plain[:len(plain)/2]} {
		_, _, err := ReadPDFSeal(bytes.NewReader(b), int64(len(b)))
		var e *Error
		if !errors.As(err, &e) || e.Reason != WrongFormat {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestPDFSealErrors(t *testing.T) {
	d := pdfReport(1)
	boom := errors.New("no key")
	d.Seal = func([32]byte) (string, error) { return "", boom }
	if err := WritePDF(&bytes.Buffer{}, d); !errors.Is(err, boom) {
		t.Errorf("got %v", err)
	}
	d.Seal = func([32]byte) (string, error) { return strings.Repeat("я", SealSpace/2), nil }
	b := pdfBytes(t, d)
	if seal, _, err := ReadPDFSeal(bytes.NewReader(b), int64(len(b))); err != nil || len(seal) != SealSpace {
		t.Errorf("a seal of full length: %d bytes, %v", len(seal), err)
	}
	d.Seal = func([32]byte) (string, error) { return strings.Repeat("я", SealSpace/2+1), nil }
	if err := WritePDF(&bytes.Buffer{}, d); err == nil {
		t.Error("a seal too long was written")
	}
}
