package office

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf16"
)

// A fileKind is what a file is by its content.
type fileKind uint8

const (
	kindUnknown fileKind = iota
	kindZip
	kindText
	kindDOC
	kindXLS
	kindRTF
	kindPDF
	kindPPT
	kindOLE // some other OLE2 file
	kindEncrypted
	kindImage
	kindHTML
	kindXML
)

// sniff tells the kind of a file by its content; an empty or too long file is refused.
func (j *job) sniff(r io.ReaderAt, size int64) (fileKind, error) {
	if size <= 0 {
		return 0, j.fail(Empty, nil, "пуст: в нём 0 байт. Проверьте, тот ли это файл.")
	}
	if size > j.lim.File {
		return 0, j.fail(TooBig, nil, "слишком велик: %s при допустимых %s.", megabytes(size), megabytes(j.lim.File))
	}
	head := make([]byte, min(size, 4096))
	if n, err := r.ReadAt(head, 0); n < len(head) {
		return 0, j.fail(Unreadable, err, "не читается с диска. Скопируйте его заново.")
	}
	low := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n"))
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")), bytes.HasPrefix(head, []byte("PK\x07\x08")):
		return kindZip, nil
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return j.sniffOLE(r, size)
	case bytes.HasPrefix(low, []byte(`{\rtf`)):
		return kindRTF, nil
	case bytes.HasPrefix(low, []byte("%pdf-")), bytes.Contains(head[:min(len(head), 1024)], []byte("%PDF-")) && !printable(head):
		return kindPDF, nil
	case hasAny(head, "\x89PNG", "\xFF\xD8\xFF", "GIF8", "II*\x00", "MM\x00*", "BM", "\x00\x00\x01\x00") && !printable(head):
		return kindImage, nil
	case hasAny(low, "<!doctype html", "<html", "<head", "<table", "mime-version:"):
		return kindHTML, nil
	case hasAny(low, "<?xml", "<office:document", "<w:worddocument"):
		if bytes.Contains(low, []byte("<html")) {
			return kindHTML, nil
		}
		return kindXML, nil
	case printable(head):
		return kindText, nil
	}
	return kindUnknown, nil
}

func hasAny(b []byte, prefixes ...string) bool {
	for _, p := range prefixes {
		if bytes.HasPrefix(b, []byte(p)) {
			return true
		}
	}
	return false
}

// refuse is the sentence for a file that is not read.
func (j *job) refuse(k fileKind) error {
	const sources = "DOCX, ODT, XLSX, CSV или TXT"
	really := "— "
	if ext := strings.ToLower(filepath.Ext(j.name)); !map[fileKind]map[string]bool{
		kindDOC: {".doc": true, ".dot": true}, kindXLS: {".xls": true}, kindRTF: {".rtf": true, ".doc": true}, kindPDF: {".pdf": true},
	}[k][ext] && ext != "" {
		really = "на самом деле "
	}
	switch k {
	case kindDOC:
		return j.fail(WrongFormat, nil, "%sстарый документ Word (.doc): откройте его в Word или LibreOffice и сохраните как .docx.", really)
	case kindXLS:
		return j.fail(WrongFormat, nil, "%sстарая книга Excel (.xls): откройте её в Excel или LibreOffice и сохраните как .xlsx.", really)
	case kindRTF:
		return j.fail(WrongFormat, nil, "%sдокумент RTF (.rtf): откройте его в Word или LibreOffice и сохраните как .docx.", really)
	case kindPDF:
		return j.fail(WrongFormat, nil, "%sPDF: из него таблицу надёжно не прочитать. Возьмите документ, из которого он сделан: %s.", really, sources)
	case kindImage:
		return j.fail(WrongFormat, nil, "%sкартинка (скан или снимок): текста в ней нет. Возьмите сам документ: %s.", really, sources)
	case kindHTML:
		return j.fail(WrongFormat, nil, "%sвеб-страница (HTML): откройте её в Word или LibreOffice и сохраните как .docx.", really)
	case kindXML:
		return j.fail(WrongFormat, nil, "%sдокумент XML: откройте его в Word или LibreOffice и сохраните как .docx.", really)
	case kindPPT:
		return j.fail(WrongFormat, nil, "%sпрезентация: таких файлов программа не читает. Нужен %s.", really, sources)
	}
	return j.fail(WrongFormat, nil, "— не документ известного вида. Нужен %s.", sources)
}

// sniffOLE tells the old formats of Office apart by the streams in the directory of an OLE2 file. Directory entries are
// 128 bytes, and every sector begins at a multiple of that, so they are found without following the chains.
func (j *job) sniffOLE(r io.ReaderAt, size int64) (fileKind, error) {
	kind := kindOLE
	buf := make([]byte, 128<<9)
	for at := int64(0); at < size; at += int64(len(buf)) {
		if err := j.ctx.Err(); err != nil {
			return 0, j.damaged("", err)
		}
		n, err := r.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return 0, j.fail(Unreadable, err, "не читается с диска. Скопируйте его заново.")
		}
		for e := buf[:n]; len(e) >= 128; e = e[128:] {
			switch streamName(e) {
			case "EncryptedPackage":
				return kindEncrypted, nil
			case "WordDocument":
				start := (int64(binary.LittleEndian.Uint32(e[116:])) + 1) << 9
				var fib [12]byte
				if n, _ := r.ReadAt(fib[:], start); n == len(fib) && fib[0] == 0xEC && fib[1] == 0xA5 && fib[11]&1 != 0 {
					return kindEncrypted, nil // fEncrypted of the FIB
				}
				kind = kindDOC
			case "Workbook", "Book":
				kind = kindXLS
			case "PowerPoint Document":
				kind = kindPPT
			}
		}
	}
	return kind, nil
}

// streamName reads the name in a directory entry of OLE2; "" when the bytes are none.
func streamName(e []byte) string {
	n := int(binary.LittleEndian.Uint16(e[64:]))
	if n < 4 || n > 64 || n%2 != 0 || e[66] != 2 || e[n-2] != 0 || e[n-1] != 0 {
		return ""
	}
	u := make([]uint16, 0, 32)
	for i := 0; i < n-2; i += 2 {
		u = append(u, binary.LittleEndian.Uint16(e[i:]))
	}
	return string(utf16.Decode(u))
}
