package office

import (
	"time"
)

const (
	nsWord          = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRelationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPicture       = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	nsPackage       = "http://schemas.openxmlformats.org/package/2006/"
	typeWord        = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

func wordContentTypes(x *xmlWriter) {
	x.raw(`<Types xmlns="`, nsPackage, `content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>`)
	for _, p := range [][2]string{
		{"/word/document.xml", typeWord + "document.main+xml"},
		{"/word/styles.xml", typeWord + "styles+xml"},
		{"/word/settings.xml", typeWord + "settings+xml"},
		{"/word/fontTable.xml", typeWord + "fontTable+xml"},
		{"/word/header.xml", typeWord + "header+xml"},
		{"/word/header-first.xml", typeWord + "header+xml"},
		{"/word/footer.xml", typeWord + "footer+xml"},
		{"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
		{"/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
		{"/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml"},
	} {
		x.raw(`<Override PartName="`, p[0], `" ContentType="`, p[1], `"/>`)
	}
	x.raw(`</Types>`)
}

// rootRels leads to the main part of a document and to its properties.
func rootRels(x *xmlWriter, document string) {
	x.raw(`<Relationships xmlns="`, nsPackage, `relationships">`,
		`<Relationship Id="document" Type="`, nsRelationships, `/officeDocument" Target="`, document, `"/>`,
		`<Relationship Id="core" Type="`, nsPackage, `relationships/metadata/core-properties" Target="docProps/core.xml"/>`,
		`<Relationship Id="app" Type="`, nsRelationships, `/extended-properties" Target="docProps/app.xml"/>`,
		`<Relationship Id="custom" Type="`, nsRelationships, `/custom-properties" Target="docProps/custom.xml"/></Relationships>`)
}

// rels names the parts that the document uses; it must be written after it.
func (w *wordBody) rels(x *xmlWriter) {
	x.raw(`<Relationships xmlns="`, nsPackage, `relationships">`)
	for _, r := range [][3]string{
		{"styles", "styles", "styles.xml"}, {"settings", "settings", "settings.xml"}, {"fonts", "fontTable", "fontTable.xml"},
		{"header", "header", "header.xml"}, {"headerFirst", "header", "header-first.xml"}, {"footer", "footer", "footer.xml"},
	} {
		x.raw(`<Relationship Id="`, r[0], `" Type="`, nsRelationships, `/`, r[1], `" Target="`, r[2], `"/>`)
	}
	for i := range w.images {
		x.raw(`<Relationship Id="image`)
		x.int(i + 1)
		x.raw(`" Type="`, nsRelationships, `/image" Target="media/code`)
		x.int(i + 1)
		x.raw(`.png"/>`)
	}
	for i, address := range w.links {
		x.raw(`<Relationship Id="link`)
		x.int(i + 1)
		x.raw(`" Type="`, nsRelationships, `/hyperlink"`)
		x.attr("Target", address)
		x.raw(` TargetMode="External"/>`)
	}
	x.raw(`</Relationships>`)
}

func wordCore(x *xmlWriter, d *Doc, created time.Time) {
	when := created.Format(time.RFC3339)
	x.raw(`<cp:coreProperties xmlns:cp="`, nsPackage, `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"`,
		` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>`)
	x.text(cleanText(d.Title))
	x.raw(`</dc:title><dc:creator>`)
	x.text(cleanText(d.Author))
	x.raw(`</dc:creator><cp:lastModifiedBy>`)
	x.text(cleanText(d.Author))
	x.raw(`</cp:lastModifiedBy><dcterms:created xsi:type="dcterms:W3CDTF">`, when, `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">`, when,
		`</dcterms:modified><dc:language>ru-RU</dc:language></cp:coreProperties>`)
}

func wordApp(x *xmlWriter) {
	x.raw(`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>perechen</Application></Properties>`)
}

// wordCustom writes the document's own properties (ECMA-376 part 1, 22.3).
func wordCustom(x *xmlWriter, names []string, values map[string]string) {
	x.raw(`<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"`,
		` xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">`)
	for i, name := range names {
		x.raw(`<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"`)
		x.intAttr("pid", i+2) // 0 and 1 are taken by the format
		x.attr("name", name)
		x.raw(`><vt:lpwstr>`)
		x.text(values[name])
		x.raw(`</vt:lpwstr></property>`)
	}
	x.raw(`</Properties>`)
}

// wordSettings: the mode of Word 2013, in which a table's edge stands on the margin; lines that end with a line break are
// not stretched; words are cut only in cells, and only where they would leave a gap of two centimetres.
func wordSettings(x *xmlWriter) {
	x.raw(`<w:settings xmlns:w="`, nsWord, `"><w:defaultTabStop w:val="709"/><w:autoHyphenation/><w:hyphenationZone w:val="1134"/>`,
		`<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/>`,
		`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>`,
		`<w:themeFontLang w:val="ru-RU"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>`)
}

// wordFonts tells a program without the named fonts which ones have letters of the same width.
func wordFonts(x *xmlWriter, l *Layout) {
	x.raw(`<w:fonts xmlns:w="`, nsWord, `">`)
	font := func(name, alt, family, pitch string) {
		x.raw(`<w:font`)
		x.attr("w:name", name)
		x.raw(`>`)
		if alt != "" && alt != name {
			x.raw(`<w:altName`)
			x.attr("w:val", alt)
			x.raw(`/>`)
		}
		x.raw(`<w:charset w:val="CC"/><w:family w:val="`, family, `"/><w:pitch w:val="`, pitch, `"/></w:font>`)
	}
	font(officeFont(l.Font), l.Font, "roman", "variable")
	font(monoFont, "Liberation Mono", "modern", "fixed")
	x.raw(`</w:fonts>`)
}

func wordHeader(x *xmlWriter, number bool) {
	x.raw(`<w:hdr xmlns:w="`, nsWord, `"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>`)
	if number {
		x.raw(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>`,
			`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`)
	}
	x.raw(`</w:p></w:hdr>`)
}

func wordFooter(x *xmlWriter, note string) {
	x.raw(`<w:ftr xmlns:w="`, nsWord, `"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>`)
	if note = cleanText(note); note != "" {
		x.raw(`<w:r><w:t xml:space="preserve">`)
		x.text(note)
		x.raw(`</w:t></w:r>`)
	}
	x.raw(`</w:p></w:ftr>`)
}
