package office

import (
	"bytes"
	"compress/zlib"
	"context"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxBlank bounds the file of a form that clients fill in, in bytes.
const MaxBlank = 10 << 20

// BlankFormats are the formats in which a form may be handed out.
var BlankFormats = []string{"docx", "odt", "xlsx", "ods", "pdf", "rtf"}

// Blank tells the format of a form's file by its content, whatever it is called: one of BlankFormats. A file of another kind,
// a broken one, and one with macros, scripts, programs or other files inside is refused by an *Error.
func Blank(ctx context.Context, name string, data []byte) (format string, err error) {
	lim := DefaultLimits
	lim.File, lim.Inflated = MaxBlank, 64<<20
	j := newJob(ctx, CleanName(name), lim)
	if bytes.HasPrefix(data, []byte("MZ")) || bytes.HasPrefix(data, []byte("\x7fELF")) || bytes.HasPrefix(data, []byte("#!")) {
		return "", j.fail(WrongFormat, nil, "— программа, а не бланк. Такие файлы клиентам не выдаются.")
	}
	r := bytes.NewReader(data)
	kind, err := j.sniff(r, int64(len(data)))
	if err != nil {
		return "", err
	}
	switch kind {
	case kindZip:
		return j.blankZip(r, int64(len(data)))
	case kindPDF:
		return "pdf", j.blankPDF(data)
	case kindRTF:
		return "rtf", j.blankRTF(data)
	case kindEncrypted:
		return "", j.locked()
	}
	return "", j.fail(WrongFormat, nil, "не годится: бланк выдаётся как DOCX, ODT, XLSX, ODS, PDF или RTF. Сохраните его в одном из этих видов.")
}

// blankZip tells what an office file in a zip is by what it says of itself.
func (j *job) blankZip(r io.ReaderAt, size int64) (string, error) {
	a, err := openArchive(j, r, size)
	if err != nil {
		return "", err
	}
	for name, f := range a.parts {
		base := path.Base(name)
		switch {
		case f != nil && f.Flags&1 != 0:
			return "", j.locked()
		case base == "vbaproject.bin", base == "vbadata.xml", strings.HasPrefix(name, "basic/"), strings.HasPrefix(name, "scripts/"), strings.Contains(name, "/activex/"), strings.Contains(name, "/macrosheets/"):
			return "", j.fail(WrongFormat, nil, "содержит макросы. Сохраните его без макросов: они опасны для тех, кто его откроет.")
		case strings.Contains(name, "/embeddings/"), strings.HasPrefix(name, "object "), slices.Contains(programs, path.Ext(base)):
			return "", j.fail(WrongFormat, nil, "содержит внутри другой файл или объект (%s). Удалите его и сохраните бланк заново.", base)
		}
	}
	switch {
	case a.has("[Content_Types].xml"):
		types, err := a.text("[Content_Types].xml")
		switch {
		case err != nil:
			return "", err
		case strings.Contains(types, "macroenabled"):
			return "", j.fail(WrongFormat, nil, "сохранён в виде с макросами. Сохраните его как обычный DOCX или XLSX.")
		case strings.Contains(types, "wordprocessingml.document.main+xml") && a.has("word/document.xml"):
			return "docx", nil
		case strings.Contains(types, "spreadsheetml.sheet.main+xml") && a.has("xl/workbook.xml"):
			return "xlsx", nil
		}
	case a.has("mimetype") && a.has("content.xml"):
		kind, err := a.text("mimetype")
		if err != nil {
			return "", err
		}
		if manifest, err := a.text("META-INF/manifest.xml"); err == nil && strings.Contains(manifest, "encryption-data") {
			return "", j.locked()
		}
		switch strings.TrimSpace(kind) {
		case "application/vnd.oasis.opendocument.text":
			return "odt", nil
		case "application/vnd.oasis.opendocument.spreadsheet":
			return "ods", nil
		}
	}
	return "", j.fail(WrongFormat, nil, "— архив, а не бланк. Бланк выдаётся как DOCX, ODT, XLSX, ODS, PDF или RTF, не сжатый в архив.")
}

// programs are endings of files that a system would run.
var programs = []string{".exe", ".dll", ".com", ".bat", ".cmd", ".js", ".vbs", ".ps1", ".scr", ".msi", ".jar", ".sh", ".lnk", ".hta"}

// text is a part of an archive in lower case.
func (a *archive) text(name string) (string, error) {
	p, err := a.open(name)
	if err != nil {
		return "", err
	}
	defer p.r.Close()
	b, err := io.ReadAll(io.LimitReader(p, 1<<20))
	if err != nil {
		return "", err
	}
	return strings.ToLower(string(b)), nil
}

// live are names of a PDF by which it does something by itself, or carries another file.
var live = regexp.MustCompile(`/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)[^A-Za-z0-9]`)

var (
	hexName   = regexp.MustCompile(`#[0-9A-Fa-f]{2}`)
	objStream = regexp.MustCompile(`/ObjStm[^>]*>>\s*stream\r?\n`)
)

// blankPDF refuses a PDF that is protected, broken off or alive. Names are looked for as they are written, with their hex
// escapes undone, and in the streams that hold objects.
func (j *job) blankPDF(data []byte) error {
	if !bytes.Contains(data[max(0, len(data)-2048):], []byte("%%EOF")) {
		return j.fail(Damaged, nil, "обрывается: у PDF нет конца. Скачайте или сохраните его заново.")
	}
	if bytes.Contains(data, []byte("/Encrypt ")) || bytes.Contains(data, []byte("/Encrypt\n")) {
		return j.locked()
	}
	texts := [][]byte{data}
	room := int64(16 << 20)
	for _, at := range objStream.FindAllIndex(data, 10000) {
		z, err := zlib.NewReader(bytes.NewReader(data[at[1]:]))
		if err != nil {
			continue
		}
		b, _ := io.ReadAll(io.LimitReader(z, room)) // what can be read is looked at
		if room -= int64(len(b)); room <= 0 {
			return j.fail(TooBig, nil, "слишком велик внутри: упростите его и сохраните заново.")
		}
		texts = append(texts, b)
	}
	for _, text := range texts {
		plain := hexName.ReplaceAllFunc(text, func(b []byte) []byte { return []byte{unhex(b[1])<<4 | unhex(b[2])} })
		if live.Match(plain) || live.Match(text) {
			return j.fail(WrongFormat, nil, "содержит сценарий или вложенный файл. Сохраните PDF без них: бланк должен быть только бланком.")
		}
	}
	return nil
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// blankRTF refuses an RTF that carries an object.
func (j *job) blankRTF(data []byte) error {
	low := bytes.ToLower(data)
	for _, w := range []string{`\object`, `\objdata`, `\objemb`, `\objocx`} {
		if bytes.Contains(low, []byte(w)) {
			return j.fail(WrongFormat, nil, "содержит вложенный объект. Удалите его и сохраните бланк заново.")
		}
	}
	if !bytes.HasSuffix(bytes.TrimRight(data, " \r\n\t\x00"), []byte("}")) {
		return j.fail(Damaged, nil, "обрывается: у RTF нет конца. Сохраните его заново.")
	}
	return nil
}

// maxName is how long the name of a file may be, in runes.
const maxName = 100

// CleanName is the name of a file that somebody brought, without folders, control characters, marks that turn the direction
// of writing, and whatever a file system or a header would stumble over; «файл» when nothing is left.
func CleanName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, strings.ContainsRune(`<>:"|?*;`, r):
			return '_'
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if rs := []rune(name); len(rs) > maxName {
		ext := []rune(path.Ext(name))
		if len(ext) > 10 {
			ext = nil
		}
		name = strings.Trim(string(rs[:maxName-len(ext)]), ". ") + string(ext)
	}
	if name == "" {
		return "файл"
	}
	return name
}

// ending is what a file name ends with to say what it is.
var ending = regexp.MustCompile(`\.[A-Za-z]{2,5}$`)

// BlankName is CleanName with the ending that the format has.
func BlankName(name, format string) string {
	name = CleanName(name)
	if at := ending.FindStringIndex(name); at != nil && at[0] > 0 {
		name = name[:at[0]]
	}
	if rs := []rune(name); len(rs) > maxName-len(format)-1 {
		name = string(rs[:maxName-len(format)-1])
	}
	if name = strings.TrimRight(name, ". "); name == "" {
		name = "файл"
	}
	return name + "." + format
}
