package office

import (
	"archive/zip"
	"hash/crc32"
	"io"
	"time"
)

// A packager writes the zip archive that a DOCX or ODT file is. The time of every entry is the document's, so that the
// same Doc gives the same bytes.
type packager struct {
	z    *zip.Writer
	time time.Time
}

func newPackager(w io.Writer, created time.Time) *packager {
	return &packager{z: zip.NewWriter(w), time: zipTime(created)}
}

// zipTime is the time that an archive can hold: MS-DOS begins in 1980 and knows no zones.
func zipTime(t time.Time) time.Time {
	if t.Year() < 1980 {
		return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.UTC()
}

// xml writes one part as XML; write gets it with the declaration already written.
func (p *packager) xml(name string, write func(x *xmlWriter)) error {
	w, err := p.z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.time})
	if err != nil {
		return err
	}
	x := newXMLWriter(w)
	write(x)
	return x.flush()
}

// bytes writes one part that is compressed already.
func (p *packager) bytes(name string, data []byte) error {
	w, err := p.z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store, Modified: p.time})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// mimetype writes the first entry of an OpenDocument file: stored, without an extra field or a data descriptor, so that
// the type stands at byte 38 (OpenDocument 1.3, part 2, 3.3).
func (p *packager) mimetype(value string) error {
	n := uint64(len(value))
	w, err := p.z.CreateRaw(&zip.FileHeader{
		Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(value)),
		CompressedSize64: n, UncompressedSize64: n,
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, value)
	return err
}

func (p *packager) close() error { return p.z.Close() }
