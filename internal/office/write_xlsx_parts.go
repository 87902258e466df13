package office

import (
	"math"
	"slices"
	"strconv"
)

const (
	nsSheet   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsDrawing = "http://schemas.openxmlformats.org/drawingml/2006/"
	typeSheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

func xlsxContentTypes(x *xmlWriter, sections []Section) {
	x.raw(`<Types xmlns="`, nsPackage, `content-types">`,
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>`)
	part := func(name, contentType string) {
		x.raw(`<Override PartName="`, name, `" ContentType="`, contentType, `"/>`)
	}
	part("/xl/workbook.xml", typeSheet+"sheet.main+xml")
	part("/xl/styles.xml", typeSheet+"styles+xml")
	for i := range sections {
		number := strconv.Itoa(i + 1)
		part("/xl/worksheets/sheet"+number+".xml", typeSheet+"worksheet+xml")
		if hasCode(&sections[i]) {
			part("/xl/drawings/drawing"+number+".xml", "application/vnd.openxmlformats-officedocument.drawing+xml")
		}
	}
	part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
	part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")
	part("/docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties+xml")
	x.raw(`</Types>`)
}

// hasCode tells whether pictures lie on the sheet of a section.
func hasCode(sec *Section) bool {
	return slices.ContainsFunc(sec.Blocks, func(b Block) bool { _, ok := b.(*Code); return ok })
}

// relations writes a part of relationships: number, type, target.
func relations(x *xmlWriter, all ...[3]string) {
	x.raw(`<Relationships xmlns="`, nsPackage, `relationships">`)
	for _, r := range all {
		x.raw(`<Relationship Id="`, r[0], `" Type="`, nsRelationships, `/`, r[1], `" Target="`, r[2], `"/>`)
	}
	x.raw(`</Relationships>`)
}

func xlsxRels(x *xmlWriter, sheets int) {
	all := [][3]string{{"styles", "styles", "styles.xml"}}
	for i := range sheets {
		number := strconv.Itoa(i + 1)
		all = append(all, [3]string{"sheet" + number, "worksheet", "worksheets/sheet" + number + ".xml"})
	}
	relations(x, all...)
}

func (b *xlsxBook) workbook(x *xmlWriter, sheets []string) {
	x.raw(`<workbook xmlns="`, nsSheet, `" xmlns:r="`, nsRelationships, `"><bookViews><workbookView/></bookViews><sheets>`)
	for i, name := range sheets {
		x.raw(`<sheet`)
		x.attr("name", name)
		x.intAttr("sheetId", i+1)
		x.raw(` r:id="sheet`)
		x.int(i + 1)
		x.raw(`"/>`)
	}
	x.raw(`</sheets>`)
	if len(b.names) > 0 {
		x.raw(`<definedNames>`)
		for _, n := range b.names {
			x.raw(`<definedName`)
			x.intAttr("localSheetId", n.sheet)
			if n.hidden {
				x.raw(` hidden="1"`)
			}
			x.attr("name", n.name)
			x.raw(`>`)
			x.text(n.ref)
			x.raw(`</definedName>`)
		}
		x.raw(`</definedNames>`)
	}
	x.raw(`</workbook>`)
}

// An xlsxPicture lies on a sheet from the first column of a row on, a square of side mm.
type xlsxPicture struct {
	row  int // from 1
	side float64
	alt  string
	png  []byte
}

// drawing writes what lies on sheet i (from 0).
func (b *xlsxBook) drawing(i int, pictures []xlsxPicture) error {
	number := strconv.Itoa(i + 1)
	first := b.codes
	if err := b.xml("xl/worksheets/_rels/sheet"+number+".xml.rels", func(x *xmlWriter) {
		relations(x, [3]string{"drawing", "drawing", "../drawings/drawing" + number + ".xml"})
	}); err != nil {
		return err
	}
	var images [][3]string
	for j, p := range pictures {
		b.codes++
		file := "code" + strconv.Itoa(b.codes) + ".png"
		images = append(images, [3]string{"image" + strconv.Itoa(first+j+1), "image", "../media/" + file})
		if err := b.bytes("xl/media/"+file, p.png); err != nil {
			return err
		}
	}
	if err := b.xml("xl/drawings/_rels/drawing"+number+".xml.rels", func(x *xmlWriter) { relations(x, images...) }); err != nil {
		return err
	}
	return b.xml("xl/drawings/drawing"+number+".xml", func(x *xmlWriter) {
		x.raw(`<xdr:wsDr xmlns:xdr="`, nsDrawing, `spreadsheetDrawing" xmlns:a="`, nsDrawing, `main" xmlns:r="`, nsRelationships, `">`)
		for j, p := range pictures {
			size := strconv.Itoa(int(math.Round(p.side * 36_000))) // English metric units
			x.raw(`<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>`)
			x.int(p.row - 1)
			x.raw(`</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:ext cx="`, size, `" cy="`, size, `"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr`)
			x.intAttr("id", j+2)
			x.attr("name", images[j][0])
			x.attr("descr", p.alt)
			x.raw(`/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="`, images[j][0],
				`"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="`, size, `" cy="`, size,
				`"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>`)
		}
		x.raw(`</xdr:wsDr>`)
	})
}
