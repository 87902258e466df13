package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"perechen/procedures"
)

// fuzzLimits are narrow, so that a small input can pass each of them.
var fuzzLimits = Limits{File: 1 << 20, Inflated: 4 << 20, Held: 4 << 20, Entries: 64, Rows: 300, Columns: 32, Cell: 2048, Depth: 64}

// readAny reads bytes under any name: no panic, an *Error of one sentence or a document that is within its limits.
func readAny(t *testing.T, name string, b []byte) {
	t.Helper()
	d, err := Read(context.Background(), name, bytes.NewReader(b), int64(len(b)), fuzzLimits)
	if err != nil {
		var e *Error
		if !errors.As(err, &e) || e.Reason == "" || !strings.HasPrefix(e.Text, "Файл «"+name+"»") || !strings.HasSuffix(e.Text, ".") {
			t.Fatalf("error %#v", err)
		}
		return
	}
	wellFormed(t, d, fuzzLimits)
	TextDigest(d)
}

// stored makes an archive without compression, for speed.
func stored(t *testing.T, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: parts[i], Method: zip.Store})
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

// seedOrders adds the orders' own files of one kind: as they are, and those of their parts that the fuzzer can change with
// effect, joined by a zero byte.
func seedOrders(f *testing.F, ext string, parts ...string) {
	f.Helper()
	entries, err := procedures.FS.ReadDir("orders")
	if err != nil {
		f.Fatal(err)
	}
	found := false
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ext) {
			continue
		}
		found = true
		b, err := procedures.FS.ReadFile("orders/" + e.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
		if len(parts) == 0 {
			continue
		}
		a, err := openArchive(newJob(context.Background(), e.Name(), Limits{}), bytes.NewReader(b), int64(len(b)))
		if err != nil {
			f.Fatal(err)
		}
		var texts []string
		for _, p := range parts {
			text := ""
			if a.has(p) {
				part, err := a.open(p)
				if err != nil {
					f.Fatal(err)
				}
				var buf bytes.Buffer
				if _, err := buf.ReadFrom(part); err != nil {
					f.Fatal(err)
				}
				text = buf.String()
			}
			texts = append(texts, text)
		}
		f.Add([]byte(strings.Join(texts, "\x00")))
	}
	if !found {
		f.Fatal("no seed")
	}
}

// fields cuts fuzzed bytes into n texts.
func fields(b []byte, n int) []string {
	parts := strings.SplitN(string(b), "\x00", n)
	for len(parts) < n {
		parts = append(parts, "")
	}
	return parts
}

func FuzzDOCX(f *testing.F) {
	seedOrders(f, ".docx", "word/document.xml", "word/styles.xml", "word/numbering.xml")
	f.Add([]byte(`<w:document ` + wNS + `><w:body>` + featuresDOCX + `</w:body></w:document>` + "\x00" + stylesDOCX + "\x00" + numberingDOCX))
	f.Fuzz(func(t *testing.T, b []byte) {
		if !bytes.HasPrefix(b, []byte("PK")) {
			p := fields(b, 3)
			b = stored(t, "[Content_Types].xml", typesHead+`<Override PartName="/d.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
				"_rels/.rels", relsOf("officeDocument", "d.xml"), "_rels/d.xml.rels", relsOf("styles", "s.xml", "numbering", "n.xml"),
				"d.xml", p[0], "s.xml", p[1], "n.xml", p[2])
		}
		readAny(t, "f.docx", b)
	})
}

func FuzzODT(f *testing.F) {
	seedOrders(f, ".odt", "content.xml", "styles.xml", "meta.xml")
	f.Add([]byte(`<office:document-content ` + oNS + `><office:automatic-styles>` + stylesODT + `</office:automatic-styles><office:body><office:text>` + featuresODT + `</office:text></office:body></office:document-content>`))
	f.Add([]byte(`<office:document-content ` + oNS + `><office:body><office:spreadsheet>` + featuresODS + `</office:spreadsheet></office:body></office:document-content>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if !bytes.HasPrefix(b, []byte("PK")) {
			p := fields(b, 3)
			parts := []string{"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", p[0]}
			if p[1] != "" {
				parts = append(parts, "styles.xml", p[1])
			}
			if p[2] != "" {
				parts = append(parts, "meta.xml", p[2])
			}
			b = stored(t, parts...)
		}
		readAny(t, "f.odt", b)
	})
}

func FuzzXLSX(f *testing.F) {
	seedOrders(f, ".xlsx", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml")
	f.Add([]byte(`<worksheet ` + sNS + `>` + featuresXLSX + `</worksheet>` + "\x00" + `<sst ` + sNS + `>` + sharedXLSX + `</sst>` + "\x00" + `<styleSheet ` + sNS + `>` + stylesXLSX + `</styleSheet>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if !bytes.HasPrefix(b, []byte("PK")) {
			p := fields(b, 3)
			b = stored(t, "[Content_Types].xml", typesHead+`<Override PartName="/w.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
				"_rels/.rels", relsOf("officeDocument", "w.xml"), "_rels/w.xml.rels", relsOf("worksheet", "s.xml", "sharedStrings", "t.xml", "styles", "y.xml"),
				"w.xml", `<workbook `+sNS+`><sheets><sheet name="Л" r:id="rId1"/></sheets></workbook>`, "s.xml", p[0], "t.xml", p[1], "y.xml", p[2])
		}
		readAny(t, "f.xlsx", b)
	})
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"а;б;в\n1;\"2\n;3\";4\n", "sep=,\n1,2\n", "a\tb\n\"c\nd\"\te\n", "\uFEFFа,б,в\r\n1,\"2\"\"\",3\r\n", "\xE0;\xE1;\xE2\n1;2;3\n", "a;\"b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { readAny(t, "f.csv", b) })
}

func FuzzTXT(f *testing.F) {
	seedOrders(f, ".txt")
	for _, s := range []string{"а\tб\n\n\tв\n\n\nг", "| а | б |\n|---|---|\n| 1 | 2 |\n", "**а**\n<i>б</i>", "\xCA\xEE\xEC\xE8\xF2\xE5\xF2\n", "\xFF\xFE\x10\x04\x0A\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) { readAny(t, "f.txt", b) })
}

// FuzzRoundTrip reads a text, writes it in each format and reads it back: the same words must come, or a seal would break.
func FuzzRoundTrip(f *testing.F) {
	seedOrders(f, ".txt")
	for _, s := range []string{"а\tб\n1\t (продолжение)\n\tв\n", "  a\u00a0b\u2003c  \n=1\t'x\t1.50\t007\t1e5\tTRUE\n", "_x0041_\t\u2028я\u0085ю\x0b\x01z\n", "\uFEFF\u200b\n\u00ad\n1\u2011 2\n", "А\tБ\nА (продолжение)\tБ\n", "|||"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Read(context.Background(), "f.txt", bytes.NewReader(b), int64(len(b)), fuzzLimits)
		if err != nil {
			return
		}
		want := TextDigest(d)
		if want == TextDigest(&Doc{}) {
			return // a table of empty cells: a workbook of that is read as an empty file
		}
		for _, format := range []string{"docx", "odt", "xlsx"} {
			var out bytes.Buffer
			if err := Write(&out, format, d); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			back, err := Read(context.Background(), "f."+format, bytes.NewReader(out.Bytes()), int64(out.Len()), Limits{})
			if err != nil {
				t.Fatalf("%s: %v", format, err)
			}
			if TextDigest(back) != want {
				t.Errorf("%s: %q\nwas %q", format, shown(back), shown(d))
			}
		}
	})
}
