package office

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"sync"

	"perechen/internal/office/pdf"
)

//go:embed fonts/*.ttf.gz
var pdfFontFiles embed.FS

// The faces of a PDF. A character that a face has not is looked for in the others, in this order.
const (
	pdfRegular = iota
	pdfBold
	pdfItalic
	pdfBoldItalic
	pdfMono
	pdfFaces
)

var pdfFontNames = [pdfFaces]string{
	pdfRegular:    "LiberationSerif",
	pdfBold:       "LiberationSerif-Bold",
	pdfItalic:     "LiberationSerif-Italic",
	pdfBoldItalic: "LiberationSerif-BoldItalic",
	pdfMono:       "LiberationMono",
}

// pdfFonts unpacks and parses the fonts at their first use.
var pdfFonts = sync.OnceValues(func() (fonts [pdfFaces]*pdf.Font, err error) {
	for i, file := range [pdfFaces]string{"LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic", "LiberationMono-Regular"} {
		packed, err := pdfFontFiles.ReadFile("fonts/" + file + ".ttf.gz")
		if err != nil {
			return fonts, err
		}
		z, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return fonts, err
		}
		data, err := io.ReadAll(z)
		if err != nil {
			return fonts, err
		}
		if fonts[i], err = pdf.ParseFont(pdfFontNames[i], data); err != nil {
			return fonts, err
		}
	}
	return fonts, nil
})

// pdfFace chooses the face of a character: the wanted one, else the first that has it, else the wanted one, which then
// shows a hollow box.
func pdfFace(fonts *[pdfFaces]*pdf.Font, want uint8, r rune) uint8 {
	if fonts[want].Has(r) {
		return want
	}
	for i, f := range fonts {
		if f.Has(r) {
			return uint8(i)
		}
	}
	return want
}
