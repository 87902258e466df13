package office

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
)

func zipped(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = w.Write([]byte(parts[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBlankIsWhatItHolds(t *testing.T) {
	const word, sheet = `<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>`, `<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`
	docx := zipped(t, "[Content_Types].xml", word, "word/document.xml", "<w/>")
	hidden := func(object string) []byte {
		var z bytes.Buffer
		w := zlib.NewWriter(&z)
		_, _ = w.Write([]byte(object))
		_ = w.Close()
		return []byte("%PDF-1.7\n1 0 obj <</Type /ObjStm /N 1>>\nstream\n" + z.String() + "\nendstream\n%%EOF")
	}
	for name, c := range map[string]struct {
		data   []byte
		format string // empty: refused
	}{
		"docx":                     {docx, "docx"},
		"xlsx":                     {zipped(t, "[Content_Types].xml", sheet, "xl/workbook.xml", "<w/>"), "xlsx"},
		"odt":                      {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<o/>"), "odt"},
		"ods":                      {zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<o/>"), "ods"},
		"pdf":                      {[]byte("%PDF-1.4\n1 0 obj <</OpenAction [1 0 R /Fit] /AcroForm 3 0 R>>\n%%EOF\n"), "pdf"},
		"rtf":                      {[]byte(`{\rtf1\ansi Заявление}`), "rtf"},
		"macros":                   {zipped(t, "[Content_Types].xml", word, "word/document.xml", "<w/>", "word/vbaProject.bin", "x"), ""},
		"macros by type":           {zipped(t, "[Content_Types].xml", strings.Replace(word, "document.main", "macroEnabled", 1)+word, "word/document.xml", "<w/>"), ""},
		"macros of LibreOffice":    {zipped(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<o/>", "Basic/Standard/Module1.xml", "x"), ""},
		"an object":                {zipped(t, "[Content_Types].xml", word, "word/document.xml", "<w/>", "word/embeddings/oleObject1.bin", "x"), ""},
		"a program inside":         {zipped(t, "[Content_Types].xml", word, "word/document.xml", "<w/>", "word/a.EXE", "x"), ""},
		"a plain archive":          {zipped(t, "zayavlenie.docx", "x"), ""},
		"an archive of an archive": {zipped(t, "a.zip", string(docx)), ""},
		"a program":                {[]byte("MZ\x90\x00 program"), ""},
		"a script":                 {[]byte("#!/bin/sh\nrm -rf /"), ""},
		"text":                     {[]byte("просто текст"), ""},
		"a page":                   {[]byte("<!doctype html><script>alert(1)</script>"), ""},
		"an image":                 {[]byte("\x89PNG\r\n\x1a\n\x00\x00"), ""},
		"an old document":          {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...), ""},
		"nothing":                  {nil, ""},
		"half a PDF":               {[]byte("%PDF-1.4\n1 0 obj"), ""},
		"PDF with a script":        {[]byte("%PDF-1.4\n1 0 obj <</S /JavaScript /JS (app.alert)>>\n%%EOF"), ""},
		"PDF with a veiled script": {[]byte("%PDF-1.4\n1 0 obj <</S /Java#53cript>>\n%%EOF"), ""},
		"PDF with a hidden script": {hidden("<</S /JavaScript /JS (x)>>"), ""},
		"PDF with nothing hidden":  {hidden("<</Type /Page>>"), "pdf"},
		"PDF with a file":          {[]byte("%PDF-1.4\n<</Type /EmbeddedFile >>\n%%EOF"), ""},
		"RTF with an object":       {[]byte(`{\rtf1 {\object\objemb{\*\objdata 0105}}}`), ""},
		"half an RTF":              {[]byte(`{\rtf1 text`), ""},
		"too long":                 {append([]byte("%PDF-1.4\n"), make([]byte, MaxBlank)...), ""},
	} {
		format, err := Blank(t.Context(), "бланк.docx", c.data)
		if c.format == "" && (err == nil || !strings.HasPrefix(err.Error(), "Файл «бланк.docx» ")) {
			t.Errorf("%s: %q, %v; want a sentence that refuses it", name, format, err)
		}
		if c.format != "" && (err != nil || format != c.format) {
			t.Errorf("%s: %q, %v", name, format, err)
		}
	}
}

func TestNamesOfFilesAreCleaned(t *testing.T) {
	for in, want := range map[string]string{
		`C:\Документы\Заявление  об увольнении.doc`: "Заявление об увольнении.docx",
		"../../etc/passwd":      "passwd.docx",
		"a\u202excod.exe":       "axcod.docx",
		"x\r\nSet-Cookie: y":    "x Set-Cookie_ y.docx",
		"":                      "файл.docx",
		"...":                   "файл.docx",
		`за"яв<ление>.DOCX`:     "за_яв_ление_.docx",
		"приказ № 9-р от 16.02": "приказ № 9-р от 16.02.docx",
	} {
		if got := BlankName(in, "docx"); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
	if got := BlankName(strings.Repeat("ж", 500)+".docx", "docx"); len([]rune(got)) > maxName {
		t.Errorf("a long name stays %d long", len([]rune(got)))
	}
}

func FuzzBlank(f *testing.F) {
	f.Add("a.docx", []byte("%PDF-1.4\n%%EOF"))
	f.Add("", []byte(`{\rtf1}`))
	f.Add("x/y\\z", []byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		format, err := Blank(t.Context(), name, data)
		if err == nil && !strings.Contains(fmt.Sprint(BlankFormats), format) {
			t.Errorf("format %q", format)
		}
		if clean := BlankName(name, "pdf"); strings.ContainsAny(clean, "/\\\r\n\"") || CleanName(clean) != clean {
			t.Errorf("%q becomes %q, then %q", name, clean, CleanName(clean))
		}
	})
}
