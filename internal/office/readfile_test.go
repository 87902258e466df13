package office

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/procedures"
)

const sampleRTF = `{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times New Roman;}}\pard\f0 \'ce\'f2\'f7\'b8\'f2\par
{\trowd\cellx2000\cellx5000\pard\intbl \'b9\cell \'d2\'ee\'f7\'ea\'e0\cell\row}
{\trowd\cellx2000\cellx5000\pard\intbl 1\cell \'d2\'e5\'eb\'e5\'f4\'ee\'ed: 8 (8672) 64-90-22\cell\row}\pard\par}`

// The Committee's order, saved by LibreOffice as an old .doc (testdata/komzan.doc), and a small .rtf are read through
// LibreOffice itself.
func TestOldFormatsThroughLibreOffice(t *testing.T) {
	rtf := filepath.Join(t.TempDir(), "отчёт.rtf")
	if err := os.WriteFile(rtf, []byte(sampleRTF), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Run("doc", func(t *testing.T) {
		t.Parallel()
		d, err := ReadFile(context.Background(), "testdata/komzan.doc", Limits{})
		if err != nil {
			t.Fatal(err)
		}
		wellFormed(t, d, Limits{})
		if diff := cmp.Diff(komzanRows("."), plain(tablesOf(d)[0])); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if TextDigest(d) != TextDigest(order(t, "komzan-alania-9r-2026.docx")) {
			t.Error("the words are not those of the .docx")
		}
	})
	t.Run("rtf", func(t *testing.T) {
		t.Parallel()
		d, err := ReadFile(context.Background(), rtf, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"№|Точка", "1|Телефон: 8 (8672) 64-90-22"}
		if diff := cmp.Diff(want, plain(tablesOf(d)[0])); diff != "" || parasOf(d)[0] != "Отчёт" {
			t.Errorf("%q (-want +got):\n%s", parasOf(d), diff)
		}
	})
}

func TestOldFormatsWithoutLibreOffice(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := ReadFile(context.Background(), "testdata/komzan.doc", Limits{})
	refused(t, err, NeedsOffice, "Файл «komzan.doc» — старый документ Word (.doc): чтобы программа прочла его сама, установите LibreOffice; или откройте его в Word и сохраните как .docx.")
}

func TestLibreOfficeIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := ReadFile(ctx, "testdata/komzan.doc", Limits{})
	refused(t, err, Interrupted, "Файл «komzan.doc» не дочитан: чтение прервано.")
	if !errors.Is(err, context.Canceled) {
		t.Error("the cause is lost")
	}
}

func refused(t *testing.T, err error, reason Reason, sentence string) {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) {
		t.Errorf("error %v, want %q", err, sentence)
	} else if e.Reason != reason || e.Text != sentence {
		t.Errorf("%s: %q\nwant %s: %q", e.Reason, e.Text, reason, sentence)
	}
}

// What a file is, its bytes say; a name that lies is called a lie, in one sentence with what to do.
func TestRefusals(t *testing.T) {
	doc, err := os.ReadFile("testdata/komzan.doc")
	if err != nil {
		t.Fatal(err)
	}
	docx, err := procedures.FS.ReadFile("orders/komzan-alania-9r-2026.docx")
	if err != nil {
		t.Fatal(err)
	}
	stream := func(name string) []byte { // an OLE2 file with one stream of this name
		b := make([]byte, 1024)
		copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
		for i, c := range name {
			b[512+2*i] = byte(c)
		}
		b[512+64], b[512+66] = byte(2*len(name)+2), 2
		return b
	}
	locked := bytes.Clone(doc)
	at := bytes.Index(locked, []byte{0xEC, 0xA5})
	locked[at+11] |= 1
	broken := bytes.Clone(docx)
	for i := len(broken) / 2; i < len(broken)/2+64; i++ {
		broken[i] ^= 0x55
	}
	const whole = "повреждён: архив, в котором хранится документ, обрывается или испорчен. Возьмите исходный файл или скачайте его заново."
	for _, c := range []struct {
		name   string
		file   []byte
		reason Reason
		says   string
	}{
		{"пусто.docx", nil, Empty, "пуст: в нём 0 байт. Проверьте, тот ли это файл."},
		{"пусто.txt", []byte(" \n\n"), Empty, "пуст: в нём нет ни текста, ни таблиц."},
		{"пусто2.docx", docxOf(t, `<w:p/>`), Empty, "пуст: в нём нет ни текста, ни таблиц."},
		{"пусто.xlsx", xlsxOf(t, `<sheetData/>`, "", ""), Empty, "пуст: в нём нет ни текста, ни таблиц."},
		{"otchet.docx", doc, WrongFormat, "на самом деле старый документ Word (.doc): откройте его в Word или LibreOffice и сохраните как .docx."},
		{"otchet.xlsx", stream("Workbook"), WrongFormat, "на самом деле старая книга Excel (.xls): откройте её в Excel или LibreOffice и сохраните как .xlsx."},
		{"a.docx", []byte(sampleRTF), WrongFormat, "на самом деле документ RTF (.rtf): откройте его в Word или LibreOffice и сохраните как .docx."},
		{"a.pdf", []byte("%PDF-1.7\n"), WrongFormat, "— PDF: из него таблицу надёжно не прочитать. Возьмите документ, из которого он сделан: DOCX, ODT, XLSX, CSV или TXT."},
		{"a.docx", []byte("%PDF-1.7\n"), WrongFormat, "на самом деле PDF: из него таблицу надёжно не прочитать. Возьмите документ, из которого он сделан: DOCX, ODT, XLSX, CSV или TXT."},
		{"a.odt", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x00\x00\x00"), WrongFormat, "на самом деле картинка (скан или снимок): текста в ней нет. Возьмите сам документ: DOCX, ODT, XLSX, CSV или TXT."},
		{"a.doc", []byte("\r\n<!DOCTYPE html><html><table>"), WrongFormat, "на самом деле веб-страница (HTML): откройте её в Word или LibreOffice и сохраните как .docx."},
		{"a.xlsx", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>`), WrongFormat, "на самом деле документ XML: откройте его в Word или LibreOffice и сохраните как .docx."},
		{"a.docx", stream("PowerPoint Document"), WrongFormat, "на самом деле презентация: таких файлов программа не читает. Нужен DOCX, ODT, XLSX, CSV или TXT."},
		{"a.docx", stream("Other"), WrongFormat, "— не документ известного вида. Нужен DOCX, ODT, XLSX, CSV или TXT."},
		{"a.docx", []byte("\x00\x01\x02\x03\x00\x00\x01\x07\x08"), WrongFormat, "— не документ известного вида. Нужен DOCX, ODT, XLSX, CSV или TXT."},
		{"a.docx", stream("EncryptedPackage"), Encrypted, "защищён паролем: откройте его, снимите пароль и сохраните заново."},
		{"a.doc", locked, Encrypted, "защищён паролем: откройте его, снимите пароль и сохраните заново."},
		{"a.odt", zipOf(t, "mimetype", "x", "content.xml", "\x01\x02", "META-INF/manifest.xml", `<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>`),
			Encrypted, "защищён паролем: откройте его, снимите пароль и сохраните заново."},
		{"a.zip", zipOf(t, "a.txt", "a"), WrongFormat, "— архив, а не документ. Распакуйте его и укажите сам документ: DOCX, ODT, XLSX, CSV или TXT."},
		{"a.odp", odfOf(t, "presentation", "", ""), WrongFormat, "— документ OpenDocument, но не текст и не таблица: такие не читаются. Нужен ODT, DOCX, ODS или XLSX."},
		{"a.xlsb", zipOf(t, "[Content_Types].xml", typesHead+`<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>`, "_rels/.rels", relsOf("officeDocument", "xl/workbook.bin"), "xl/workbook.bin", "\x01"),
			WrongFormat, "— двоичная книга Excel (.xlsb): откройте её в Excel и сохраните как .xlsx."},
		{"a.pptx", zipOf(t, "[Content_Types].xml", typesHead+`<Override PartName="/p.xml" ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>`, "_rels/.rels", relsOf("officeDocument", "p.xml"), "p.xml", "<p/>"),
			WrongFormat, "— презентация: таких файлов программа не читает. Нужен DOCX, ODT, XLSX, CSV или TXT."},
		{"cut.docx", docx[:len(docx)-100], Damaged, whole},
		{"half.docx", docx[:len(docx)/2], Damaged, whole},
		{"head.docx", docx[:30], Damaged, whole},
		{"crc.docx", broken, Damaged, "повреждён: не читается его часть word/document.xml. Возьмите исходный файл или пересохраните его в Word или LibreOffice."},
		{"missing.xlsx", zipOf(t, "_rels/.rels", relsOf("officeDocument", "w.xml"), "w.xml", `<workbook `+sNS+`><sheets><sheet name="Л" r:id="rId1"/></sheets></workbook>`, "_rels/w.xml.rels", relsOf("worksheet", "нет.xml")),
			Damaged, "повреждён: в нём нет части нет.xml. Возьмите исходный файл или пересохраните его в Word или LibreOffice."},
	} {
		_, err := Read(context.Background(), c.name, bytes.NewReader(c.file), int64(len(c.file)), Limits{})
		refused(t, err, c.reason, "Файл «"+c.name+"» "+c.says)
	}
}

func TestReadFileThatIsNone(t *testing.T) {
	dir := t.TempDir()
	_, err := ReadFile(context.Background(), filepath.Join(dir, "нет.docx"), Limits{})
	refused(t, err, Unreadable, "Файл «нет.docx» не найден. Проверьте имя и папку.")
	_, err = ReadFile(context.Background(), dir, Limits{})
	refused(t, err, WrongFormat, "Файл «"+filepath.Base(dir)+"» — папка, а не документ. Укажите файл в ней.")
	big := filepath.Join(dir, "big.docx")
	if err := os.WriteFile(big, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, 65<<20); err != nil {
		t.Fatal(err)
	}
	_, err = ReadFile(context.Background(), big, Limits{})
	refused(t, err, TooBig, "Файл «big.docx» слишком велик: 65 МБ при допустимых 64 МБ.")
}

// Styles that compress a hundred to one are honest, below RatioFloor; above it they are not.
func TestStylesThatCompressWell(t *testing.T) {
	style := `<w:style w:type="paragraph" w:styleId="S"><w:name w:val="Обычный"/><w:rPr><w:sz w:val="24"/></w:rPr></w:style>`
	styles := func(size int) string {
		return `<w:styles ` + wNS + `>` + strings.Repeat(style, size/len(style)) + `</w:styles>`
	}
	body := para("слово")
	file := docxOf(t, body, "styles", styles(7<<20))
	if ratio := (7 << 20) / len(file); ratio < 100 {
		t.Fatalf("the sample compresses only %d:1", ratio)
	}
	if got := parasOf(readBytes(t, "а.docx", file)); len(got) != 1 || got[0] != "слово" {
		t.Errorf("%q", got)
	}
	file = docxOf(t, body, "styles", styles(1<<10)+strings.Repeat(" ", 40<<20))
	_, err := Read(context.Background(), "а.docx", bytes.NewReader(file), int64(len(file)), Limits{})
	refused(t, err, TooBig, "Файл «а.docx» похож на zip-бомбу: распакованный, он во много раз больше самого себя. Такой файл не читается.")
}
