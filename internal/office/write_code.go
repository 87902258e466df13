package office

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// quietZone is the light border that ISO/IEC 18004 asks for around a QR code, modules.
const quietZone = 4

// codeDensity is the least density of a printed code, dots per inch.
const codeDensity = 300

// side is the side of the picture of a code with its quiet zone, mm: SizeMM is the side of the code itself.
func (c *Code) side() float64 {
	n := len(c.Modules)
	if n == 0 {
		return c.SizeMM
	}
	return c.SizeMM * float64(n+2*quietZone) / float64(n)
}

// png draws the code with its quiet zone as a two-colour picture. Every module is a whole number of dots, so that no
// edge is blurred.
func (c *Code) png() ([]byte, error) {
	n := len(c.Modules) + 2*quietZone
	dots := max(4, int(math.Ceil(c.side()/25.4*codeDensity/float64(n))))
	img := image.NewPaletted(image.Rect(0, 0, n*dots, n*dots), color.Palette{color.White, color.Black})
	for y := range n * dots {
		my := y/dots - quietZone
		if my < 0 || my >= len(c.Modules) {
			continue
		}
		line := img.Pix[y*img.Stride:]
		for mx, dark := range c.Modules[my] {
			if !dark || mx >= n-2*quietZone {
				continue
			}
			for x := range dots {
				line[(mx+quietZone)*dots+x] = 1
			}
		}
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
