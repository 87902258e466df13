package drawing

import (
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"perechen/internal/office/pdf"
)

// maxPixels bounds a picture of pixels; a larger one is made at a smaller scale.
const maxPixels = 48 << 20

// WritePNG writes the picture as pixels, scale of them for each unit, on white. A picture that would have more than some
// fifty million pixels is made smaller.
func (d *Drawing) WritePNG(w io.Writer, scale float64) error {
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	return e.Encode(w, d.raster(scale))
}

func (d *Drawing) raster(scale float64) *image.RGBA {
	width, height := max(d.Width, 1), max(d.Height, 1)
	if !(scale > 0) {
		scale = 1
	}
	scale = min(scale, math.Sqrt(maxPixels/(width*height)), 32000/max(width, height))
	r := &raster{img: image.NewRGBA(image.Rect(0, 0, max(1, int(math.Ceil(width*scale))), max(1, int(math.Ceil(height*scale))))), scale: scale}
	draw.Draw(r.img, r.img.Bounds(), image.NewUniform(Field.rgb()), image.Point{}, draw.Src)
	r.items(&d.Group, d.X, d.Y)
	return r.img
}

type raster struct {
	img   *image.RGBA
	scale float64
	vec   vector.Rasterizer
	buf   sfnt.Buffer
}

func (r *raster) items(g *Group, dx, dy float64) {
	for _, it := range g.items {
		switch it := it.(type) {
		case shape:
			parts := it.outline().flat(dx, dy, r.scale)
			if it.kind != 'l' && it.style.Fill != "" {
				r.fill(parts, image.NewUniform(it.style.Fill.rgb()))
			}
			if it.style.Hatch != Plain {
				r.fill(parts, &hatched{it.style.Hatch, it.style.hatchInk().rgb(), dx, dy, r.scale, r.img.Bounds()})
			}
			if it.style.Stroke != "" {
				r.fill(stroke(parts, it.style.width()*r.scale, dashes(it.style.Dash, r.scale)), image.NewUniform(it.style.Stroke.rgb()))
			}
		case text:
			r.text(it, dx, dy)
		case *Group:
			r.items(it, dx+it.X, dy+it.Y)
		}
	}
}

// box is the part of the picture that the parts touch.
func (r *raster) box(parts []polyline) image.Rectangle {
	x1, y1, x2, y2 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, l := range parts {
		for _, p := range l.xy {
			x1, y1, x2, y2 = min(x1, p[0]), min(y1, p[1]), max(x2, p[0]), max(y2, p[1])
		}
	}
	limit := func(v float64) int { return int(max(-1, min(v, 40000))) }
	return image.Rect(limit(math.Floor(x1)), limit(math.Floor(y1)), limit(math.Ceil(x2)), limit(math.Ceil(y2))).Intersect(r.img.Bounds())
}

// fill paints the inside of the parts.
func (r *raster) fill(parts []polyline, src image.Image) {
	b := r.box(parts)
	if b.Empty() {
		return
	}
	r.vec.Reset(b.Dx(), b.Dy())
	at := func(p [2]float64) (float32, float32) {
		return float32(p[0]) - float32(b.Min.X), float32(p[1]) - float32(b.Min.Y)
	}
	for _, l := range parts {
		for i, p := range l.xy {
			if x, y := at(p); i == 0 {
				r.vec.MoveTo(x, y)
			} else {
				r.vec.LineTo(x, y)
			}
		}
		r.vec.ClosePath()
	}
	r.vec.Draw(r.img, b, src, b.Min)
}

// text draws a line, character by character, unhinted.
func (r *raster) text(t text, dx, dy float64) {
	size := t.t.size() * r.scale
	ppem := fixed.Int26_6(size * 64)
	x, y := (t.left()+dx)*r.scale, (t.y+dy)*r.scale
	var parts []polyline
	for _, c := range t.s {
		f := t.t.font(c)
		o := outlines(f)
		if i, err := o.GlyphIndex(&r.buf, like(f, o, &r.buf, c)); err == nil {
			if segs, err := o.LoadGlyph(&r.buf, i, ppem, nil); err == nil {
				parts = append(parts, glyph(segs, x, y)...)
			}
		}
		x += float64(f.Advance(c)) * size / 1000
	}
	r.fill(parts, image.NewUniform(t.t.color().rgb()))
}

// like gives the character that stands for one that the font's own table has not, as the PDF does: hyphens and spaces.
func like(f *pdf.Font, o *sfnt.Font, b *sfnt.Buffer, c rune) rune {
	if i, err := o.GlyphIndex(b, c); err == nil && i != 0 || !f.Has(c) {
		return c
	}
	if c == '\u2010' || c == '\u2011' {
		return '-'
	}
	return ' '
}

var parsed sync.Map // *pdf.Font → *sfnt.Font

// outlines is the font with its outlines.
func outlines(f *pdf.Font) *sfnt.Font {
	if o, ok := parsed.Load(f); ok {
		return o.(*sfnt.Font)
	}
	o, err := sfnt.Parse(f.Data())
	if err != nil {
		panic(err) // a font that the program carries
	}
	parsed.Store(f, o)
	return o
}

// glyph moves the outline of a character to its place.
func glyph(segs sfnt.Segments, x, y float64) []polyline {
	p := new(Path)
	pt := func(a fixed.Point26_6) (float64, float64) { return x + float64(a.X)/64, y + float64(a.Y)/64 }
	var cx, cy float64
	for _, s := range segs {
		x1, y1 := pt(s.Args[0])
		x2, y2 := pt(s.Args[1])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.Move(x1, y1)
			cx, cy = x1, y1
		case sfnt.SegmentOpLineTo:
			p.Line(x1, y1)
			cx, cy = x1, y1
		case sfnt.SegmentOpQuadTo:
			p.Curve(cx+(x1-cx)*2/3, cy+(y1-cy)*2/3, x2+(x1-x2)*2/3, y2+(y1-y2)*2/3, x2, y2)
			cx, cy = x2, y2
		case sfnt.SegmentOpCubeTo:
			x3, y3 := pt(s.Args[2])
			p.Curve(x1, y1, x2, y2, x3, y3)
			cx, cy = x3, y3
		}
	}
	return p.flat(0, 0, 1)
}

// hatched is an endless sheet with a hatch; its zero is that of the group.
type hatched struct {
	kind          Hatch
	ink           color.RGBA
	dx, dy, scale float64
	bounds        image.Rectangle
}

func (h *hatched) ColorModel() color.Model { return color.RGBAModel }
func (h *hatched) Bounds() image.Rectangle { return h.bounds }

func (h *hatched) At(px, py int) color.Color {
	x, y := (float64(px)+.5)/h.scale-h.dx, (float64(py)+.5)/h.scale-h.dy
	away := func(v, step float64) float64 { // from the nearest multiple of the step
		v = math.Mod(v, step)
		if v < 0 {
			v += step
		}
		return min(v, step-v)
	}
	var d float64 // from the nearest edge, outwards
	switch h.kind {
	case Up:
		d = away(x+y, hatchStep)/math.Sqrt2 - hatchLine/2
	case Down:
		d = away(x-y, hatchStep)/math.Sqrt2 - hatchLine/2
	case Cross:
		d = min(away(x+y, hatchStep), away(x-y, hatchStep))/math.Sqrt2 - hatchLine/2
	case Level:
		d = away(y-2, hatchStep/2) - hatchLine/2
	default:
		d = min(math.Hypot(away(x-2, hatchStep), away(y-2, hatchStep)), math.Hypot(away(x-6, hatchStep), away(y-6, hatchStep))) - hatchDot
	}
	a := max(0, min(1, .5-d*h.scale))
	return color.RGBA{uint8(float64(h.ink.R) * a), uint8(float64(h.ink.G) * a), uint8(float64(h.ink.B) * a), uint8(255 * a)}
}
