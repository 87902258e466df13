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
	pdfSymbols
	pdfFaces
)

// pdfFontNames are PostScript names and files.
var pdfFontNames = [pdfFaces][2]string{
	pdfRegular:    {"LiberationSerif", "LiberationSerif-Regular"},
	pdfBold:       {"LiberationSerif-Bold", "LiberationSerif-Bold"},
	pdfItalic:     {"LiberationSerif-Italic", "LiberationSerif-Italic"},
	pdfBoldItalic: {"LiberationSerif-BoldItalic", "LiberationSerif-BoldItalic"},
	pdfMono:       {"LiberationMono", "LiberationMono-Regular"},
	pdfSymbols:    {"DejaVuSans", "DejaVuSans-Symbols"},
}

// pdfFonts unpacks and parses the fonts of documents at their first use.
var pdfFonts = sync.OnceValues(func() ([pdfFaces]*pdf.Font, error) { return readFonts(pdfFontNames) })

// posterFonts are those of what is read from a step away; nothing there is slanted.
var posterFonts = sync.OnceValues(func() ([pdfFaces]*pdf.Font, error) {
	regular, bold := [2]string{"LiberationSans", "LiberationSans-Regular"}, [2]string{"LiberationSans-Bold", "LiberationSans-Bold"}
	return readFonts([pdfFaces][2]string{regular, bold, regular, bold, regular, pdfFontNames[pdfSymbols]})
})

// readFonts reads each file once.
func readFonts(names [pdfFaces][2]string) (fonts [pdfFaces]*pdf.Font, err error) {
	read := map[string]*pdf.Font{}
	for i, name := range names {
		if fonts[i] = read[name[1]]; fonts[i] != nil {
			continue
		}
		packed, err := pdfFontFiles.ReadFile("fonts/" + name[1] + ".ttf.gz")
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
		if fonts[i], err = pdf.ParseFont(name[0], data); err != nil {
			return fonts, err
		}
		read[name[1]] = fonts[i]
	}
	return fonts, nil
}

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

// Fonts are the fonts of printed documents, for who sets text in a font of its own that lacks a character: Liberation Serif,
// Liberation Mono, and the signs of DejaVu Sans.
func Fonts() ([]*pdf.Font, error) {
	fonts, err := pdfFonts()
	return []*pdf.Font{fonts[pdfRegular], fonts[pdfMono], fonts[pdfSymbols]}, err
}
