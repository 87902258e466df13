package office

import (
	"fmt"
	"io"
	"time"
)

// typeODT is the media type of an OpenDocument text.
const typeODT = "application/vnd.oasis.opendocument.text"

// WriteODT writes d as an OpenDocument 1.3 text, laid out as WriteDOCX does it.
func WriteODT(w io.Writer, d *Doc) error {
	rule, err := newRuler()
	if err != nil {
		return err
	}
	names, values, err := d.properties()
	if err != nil {
		return err
	}
	p := newPackager(w, d.Created)
	if err := p.mimetype(typeODT); err != nil {
		return err
	}
	layout := d.Layout.sound()
	body := newODTBody(d, &layout, rule)
	parts := []struct {
		name  string
		write func(*xmlWriter)
	}{
		{"content.xml", body.write},
		{"styles.xml", func(x *xmlWriter) { odtStyles(x, &layout) }},
		{"settings.xml", odtSettings},
		{"meta.xml", func(x *xmlWriter) { odtMeta(x, d, p.time, names, values) }},
		{"META-INF/manifest.xml", body.manifest},
	}
	for _, part := range parts {
		if err := p.xml(part.name, part.write); err != nil {
			return err
		}
		if body.err != nil {
			return body.err
		}
	}
	for i, png := range body.images {
		if err := p.bytes(fmt.Sprintf("Pictures/code%d.png", i+1), png); err != nil {
			return err
		}
	}
	return p.close()
}

const odtNamespaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"` +
	` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"` +
	` xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"` +
	` xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"` +
	` xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
	` xmlns:ooo="http://openoffice.org/2004/office" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"` +
	` office:version="1.3"`

func odtMeta(x *xmlWriter, d *Doc, created time.Time, names []string, values map[string]string) {
	when := created.Format("2006-01-02T15:04:05Z")
	x.raw(`<office:document-meta`, odtNamespaces, `><office:meta><meta:generator>perechen</meta:generator><dc:title>`)
	x.text(cleanText(d.Title))
	x.raw(`</dc:title><meta:initial-creator>`)
	x.text(cleanText(d.Author))
	x.raw(`</meta:initial-creator><dc:creator>`)
	x.text(cleanText(d.Author))
	x.raw(`</dc:creator><meta:creation-date>`, when, `</meta:creation-date><dc:date>`, when, `</dc:date><dc:language>ru-RU</dc:language>`)
	for _, name := range names {
		x.raw(`<meta:user-defined`)
		x.attr("meta:name", name)
		x.raw(` meta:value-type="string">`)
		x.text(values[name])
		x.raw(`</meta:user-defined>`)
	}
	x.raw(`</office:meta></office:document-meta>`)
}

// odtSettings: lines that end with a line break are not stretched and of two spaces between paragraphs the greater holds, as in our DOCX.
func odtSettings(x *xmlWriter) {
	x.raw(`<office:document-settings`, odtNamespaces, `><office:settings><config:config-item-set config:name="ooo:configuration-settings">`,
		`<config:config-item config:name="AddParaTableSpacing" config:type="boolean">true</config:config-item>`,
		`<config:config-item config:name="AddParaTableSpacingAtStart" config:type="boolean">true</config:config-item>`,
		`<config:config-item config:name="DoNotJustifyLinesWithManualBreak" config:type="boolean">true</config:config-item>`,
		`</config:config-item-set></office:settings></office:document-settings>`)
}

// manifest lists the parts; it must be written after the content.
func (w *odtBody) manifest(x *xmlWriter) {
	x.raw(`<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">`)
	entry := func(path, mediaType string) {
		x.raw(`<manifest:file-entry`)
		x.attr("manifest:full-path", path)
		x.attr("manifest:media-type", mediaType)
		x.raw(`/>`)
	}
	entry("/", typeODT)
	for _, name := range []string{"content.xml", "styles.xml", "settings.xml", "meta.xml"} {
		entry(name, "text/xml")
	}
	for i := range w.images {
		entry(fmt.Sprintf("Pictures/code%d.png", i+1), "image/png")
	}
	x.raw(`</manifest:manifest>`)
}
