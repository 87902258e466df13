package office

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// A bookZip packs a workbook. The library goes through its sheets in the order of a map, so the parts are packed as they
// come and put into the archive sorted, the content types first: the same Doc gives the same bytes. The archive has no times.
type bookZip struct {
	out   io.Writer
	parts []*bookPart
	flate *flate.Writer // packs the last part; nil before the first
}

type bookPart struct {
	zip   *bookZip
	name  string
	sheet bool
	tail  []byte       // not yet packed
	data  bytes.Buffer // packed
	size  uint64       // unpacked
	crc   uint32
}

func newBookZip(w io.Writer) excelize.ZipWriter { return &bookZip{out: w} }

const contentTypes = "[Content_Types].xml"

var defaultType = regexp.MustCompile(`<Default [^>]*></Default>`)

// sortDefaults sorts the types of content by ending of file: the library has those of pictures in the order of a map, too.
func sortDefaults(types []byte) []byte {
	at := defaultType.FindAllIndex(types, -1)
	if len(at) < 2 {
		return types
	}
	all := defaultType.FindAll(types, -1)
	slices.SortFunc(all, bytes.Compare)
	out := bytes.Clone(types[:at[0][0]])
	for _, d := range all {
		out = append(out, d...)
	}
	return append(out, types[at[len(at)-1][1]:]...)
}

// Create ends the part before and begins another.
func (z *bookZip) Create(name string) (io.Writer, error) {
	p := &bookPart{zip: z, name: name, sheet: strings.HasPrefix(name, "xl/worksheets/sheet")}
	if z.flate == nil {
		var err error
		if z.flate, err = flate.NewWriter(&p.data, flate.DefaultCompression); err != nil {
			return nil, err
		}
	} else {
		if err := z.end(); err != nil {
			return nil, err
		}
		z.flate.Reset(&p.data)
	}
	z.parts = append(z.parts, p)
	return p, nil
}

// Write packs b; of a sheet, what does not end with a tag waits for more.
func (p *bookPart) Write(b []byte) (int, error) {
	n := len(b)
	switch {
	case p.name == contentTypes:
		p.tail, b = append(p.tail, b...), nil
	case p.sheet:
		tags, rest := wholeTags(append(p.tail, b...))
		b, p.tail = unmark(tags), bytes.Clone(rest)
	}
	return n, p.pack(b)
}

func (p *bookPart) pack(b []byte) error {
	p.size += uint64(len(b))
	p.crc = crc32.Update(p.crc, crc32.IEEETable, b)
	_, err := p.zip.flate.Write(b)
	return err
}

// end ends the last part.
func (z *bookZip) end() error {
	p := z.parts[len(z.parts)-1]
	if p.name == contentTypes {
		p.tail = sortDefaults(p.tail)
	}
	if err := p.pack(p.tail); err != nil {
		return err
	}
	p.tail = nil
	return z.flate.Close()
}

// AddFS is not used by the library; excelize.ZipWriter asks for it.
func (z *bookZip) AddFS(fs.FS) error { return fs.ErrInvalid }

// Close writes the archive.
func (z *bookZip) Close() error {
	if z.flate == nil {
		return nil
	}
	if err := z.end(); err != nil {
		return err
	}
	slices.SortFunc(z.parts, func(a, b *bookPart) int {
		switch {
		case a.name == contentTypes:
			return -1
		case b.name == contentTypes:
			return 1
		}
		return cmp.Compare(a.name, b.name)
	})
	out := zip.NewWriter(z.out)
	for _, p := range z.parts {
		w, err := out.CreateRaw(&zip.FileHeader{
			Name: p.name, Method: zip.Deflate, CRC32: p.crc, CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size,
		})
		if err != nil {
			return err
		}
		if _, err := p.data.WriteTo(w); err != nil {
			return err
		}
	}
	return out.Close()
}
