package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"strconv"
	"time"
)

// Meta is what a file says of itself.
type Meta struct {
	Title, Author, Producer string
	Lang                    string    // ru-RU
	Created                 time.Time // zero for none
	Properties              []Property
	// Seal, when set, is called once, at the end, with the SHA-256 of the whole file in which the space kept for the
	// seal holds zeros. Its text is kept under SealKey and takes at most SealSpace bytes of UTF-8.
	Seal      func(digest [32]byte) (string, error)
	SealKey   string
	SealSpace int
}

// A Property is an entry of the information dictionary beyond the standard ones.
type Property struct{ Name, Value string }

// A Writer writes one file. The first error of the underlying writer is kept and returned by Close.
type Writer struct {
	out   io.Writer
	sum   hash.Hash
	n     int64
	err   error
	meta  Meta
	offs  []int64 // by object number - 1
	z     *zlib.Writer
	zbuf  bytes.Buffer
	buf   []byte
	faces []*Face
	byFnt map[*Font]*Face

	catalog, pages, resources, tree int
	pageNodes                       []pageNode
	parents                         []int // parent tree: object by key
	root                            *Elem
	page                            *Page
}

// New starts a file.
func New(out io.Writer, m Meta) *Writer {
	w := &Writer{out: out, sum: sha256.New(), meta: m, byFnt: map[*Font]*Face{}}
	w.z, _ = zlib.NewWriterLevel(&w.zbuf, 4) // close to the smallest size at twice the speed
	w.raw([]byte("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"))
	w.catalog, w.pages, w.resources, w.tree = w.alloc(), w.alloc(), w.alloc(), w.alloc()
	w.root = &Elem{w: w, num: w.alloc(), parent: w.tree, tag: "Document"}
	return w
}

// Root is the structure element of the whole document.
func (w *Writer) Root() *Elem { return w.root }

// Face takes a font into use. A face of which nothing is shown is not embedded.
func (w *Writer) Face(f *Font) *Face {
	if a := w.byFnt[f]; a != nil {
		return a
	}
	a := &Face{font: f, res: "F" + strconv.Itoa(len(w.faces)+1), runes: []rune{0}}
	w.faces = append(w.faces, a)
	w.byFnt[f] = a
	return a
}

func (w *Writer) raw(b []byte) {
	if w.err != nil {
		return
	}
	w.sum.Write(b)
	n, err := w.out.Write(b)
	w.n += int64(n)
	w.err = err
}

func (w *Writer) alloc() int {
	w.offs = append(w.offs, 0)
	return len(w.offs)
}

func (w *Writer) begin(num int) {
	w.offs[num-1] = w.n
	w.buf = append(strconv.AppendInt(w.buf[:0], int64(num), 10), " 0 obj\n"...)
}

func (w *Writer) end() {
	w.buf = append(w.buf, "\nendobj\n"...)
	w.raw(w.buf)
}

func (w *Writer) put(num int, format string, a ...any) {
	w.begin(num)
	w.buf = fmt.Appendf(w.buf, format, a...)
	w.end()
}

func (w *Writer) stream(num int, dict string, b []byte, deflate bool) {
	if deflate {
		w.zbuf.Reset()
		w.z.Reset(&w.zbuf)
		w.z.Write(b)
		w.z.Close()
		b, dict = w.zbuf.Bytes(), dict+"/Filter/FlateDecode"
	}
	w.begin(num)
	w.buf = fmt.Appendf(w.buf, "<<%s/Length %d>>\nstream\n", dict, len(b))
	w.buf = append(w.buf, b...)
	w.buf = append(w.buf, "\nendstream"...)
	w.end()
}

// Close ends the open page and the document element and writes what closes a file. Elements other than the root must
// be closed before.
func (w *Writer) Close() error {
	if w.page == nil && len(w.pageNodes) == 0 {
		w.NewPage(595.28, 841.89) // a file has at least one page
	}
	w.closePage()
	w.root.Close()
	w.writeFonts()
	w.writePages()
	w.writeTree()
	w.writeCatalog()
	return w.writeTail()
}

func (w *Writer) writeFonts() {
	var res []byte
	for _, f := range w.faces {
		if f.obj == 0 {
			continue
		}
		f.write(w)
		res = fmt.Appendf(res, "/%s %d 0 R", f.res, f.obj)
	}
	w.put(w.resources, "<</Font<<%s>>>>", res)
}

func (w *Writer) writeCatalog() {
	icc, xmp := w.alloc(), w.alloc()
	w.stream(icc, "/N 3", sRGB(), true)
	w.stream(xmp, "/Type/Metadata/Subtype/XML", w.meta.xmp(), false)
	w.put(w.catalog, "<</Type/Catalog/Pages %d 0 R/Metadata %d 0 R/Lang(%s)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"+
		"/ViewerPreferences<</DisplayDocTitle true>>/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>]>>",
		w.pages, xmp, w.meta.Lang, w.tree, icc)
}

// writeTail writes the information dictionary, the table of objects and the trailer: the part that must be known whole
// before the seal can be made.
func (w *Writer) writeTail() error {
	info := w.alloc()
	id := w.sum.Sum(nil)[:16]
	w.offs[info-1] = w.n
	tail := fmt.Appendf(nil, "%d 0 obj\n<<", info)
	at := 0
	if w.meta.Seal != nil {
		tail = append(append(tail, name(w.meta.SealKey)...), ' ')
		at = len(tail)
		tail = append(tail, bytes.Repeat([]byte{'0'}, sealWidth(w.meta.SealSpace))...)
		tail = append(tail, '\n')
	}
	tail = append(w.meta.info(tail), ">>\nendobj\n"...)
	xref := w.n + int64(len(tail))
	tail = fmt.Appendf(tail, "xref\n0 %d\n0000000000 65535 f \n", len(w.offs)+1)
	for _, o := range w.offs {
		tail = fmt.Appendf(tail, "%010d 00000 n \n", o)
	}
	tail = fmt.Appendf(tail, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offs)+1, w.catalog, info, id, id, xref)
	if w.err == nil && w.meta.Seal != nil {
		w.sum.Write(tail)
		s, err := w.meta.Seal([32]byte(w.sum.Sum(nil)))
		if err != nil {
			return err
		}
		if len(s) > w.meta.SealSpace {
			return fmt.Errorf("seal of %d bytes, space for %d", len(s), w.meta.SealSpace)
		}
		putSeal(tail[at:at+sealWidth(w.meta.SealSpace)], s)
	}
	w.raw(tail)
	return w.err
}
