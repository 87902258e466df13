package pdf

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf16"
)

// A Face is a Font in use by one document. It numbers characters in the order in which they are first shown: the number
// is the CID in the page and the glyph in the subset. Two characters never share a number, so what is copied out of the
// file is exactly what was put in, even where both look alike or the font has neither.
type Face struct {
	font  *Font
	res   string // name in the pages' resources
	obj   int
	runes []rune // by CID; the first is .notdef
	low   [256]*[256]uint16
	high  map[rune]uint16
}

// maxCID keeps a subset within what glyph numbers and the arrays of PDF/A-1 hold.
const maxCID = 8000

func (f *Face) cid(r rune) uint16 {
	if r >= 0 && r <= 0xFFFF {
		p := f.low[r>>8]
		if p == nil {
			p = new([256]uint16)
			f.low[r>>8] = p
		}
		if p[r&255] == 0 {
			p[r&255] = f.add(r)
		}
		return p[r&255]
	}
	if f.high == nil {
		f.high = map[rune]uint16{}
	}
	if f.high[r] == 0 {
		f.high[r] = f.add(r)
	}
	return f.high[r]
}

func (f *Face) add(r rune) uint16 {
	if len(f.runes) == maxCID {
		return 1 // past any honest document: the first character stands in
	}
	f.runes = append(f.runes, r)
	return uint16(len(f.runes) - 1)
}

// subset gives a TrueType font with one glyph per CID, then the parts of composite glyphs.
func (f *Face) subset() []byte {
	src := f.font
	var from []int // old glyph by new number
	for i, r := range f.runes {
		if i == 0 {
			from = append(from, 0)
		} else {
			from = append(from, int(src.shape(r)))
		}
	}
	parts := map[int]int{} // new number by old glyph, of parts
	var glyf, loca, hmtx []byte
	for g := 0; g < len(from); g++ {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		o := slices.Clone(src.outline(from[g]))
		eachPart(o, func(at int) {
			old := int(be.Uint16(o[at:]))
			n, ok := parts[old]
			if !ok {
				n = len(from)
				from = append(from, old)
				parts[old] = n
			}
			be.PutUint16(o[at:], uint16(n))
		})
		glyf = append(glyf, o...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		hmtx = append(hmtx, src.metrics(from[g])...)
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))
	head, hhea, maxp := slices.Clone(src.tab["head"]), slices.Clone(src.tab["hhea"]), slices.Clone(src.tab["maxp"])
	be.PutUint32(head[8:], 0)
	be.PutUint16(head[50:], 1)
	be.PutUint16(hhea[34:], uint16(len(from)))
	be.PutUint16(maxp[4:], uint16(len(from)))
	tabs := map[string][]byte{"head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx, "loca": loca, "glyf": glyf}
	for _, n := range []string{"cvt ", "fpgm", "prep"} {
		if src.tab[n] != nil {
			tabs[n] = src.tab[n]
		}
	}
	return sfnt(tabs)
}

// metrics is the entry of hmtx for a glyph.
func (f *Font) metrics(g int) []byte {
	h, n := f.tab["hmtx"], int(be.Uint16(f.tab["hhea"][34:]))
	if g < n {
		return h[4*g : 4*g+4]
	}
	return append(slices.Clone(h[4*n-4:4*n-2]), h[4*n+2*(g-n):4*n+2*(g-n)+2]...)
}

// eachPart calls visit with the place of every glyph number in a composite outline.
func eachPart(o []byte, visit func(at int)) {
	if len(o) < 10 || int16(be.Uint16(o)) >= 0 {
		return
	}
	for p := 10; ; {
		fl := be.Uint16(o[p:])
		visit(p + 2)
		p += 6
		if fl&1 != 0 { // arguments are words
			p += 2
		}
		switch {
		case fl&8 != 0:
			p += 2
		case fl&0x40 != 0:
			p += 4
		case fl&0x80 != 0:
			p += 8
		}
		if fl&0x20 == 0 { // no more parts
			return
		}
	}
}

// sfnt puts tables into a font file.
func sfnt(tabs map[string][]byte) []byte {
	var names []string
	for n := range tabs {
		names = append(names, n)
	}
	sort.Strings(names)
	pow, log := 1, 0
	for pow*2 <= len(names) {
		pow, log = pow*2, log+1
	}
	out := be.AppendUint32(nil, 0x10000)
	for _, v := range []int{len(names), pow * 16, log, (len(names) - pow) * 16} {
		out = be.AppendUint16(out, uint16(v))
	}
	base := 12 + 16*len(names)
	var body []byte
	for _, n := range names {
		t := slices.Clone(tabs[n])
		for len(t)%4 != 0 {
			t = append(t, 0)
		}
		var sum uint32
		for i := 0; i < len(t); i += 4 {
			sum += be.Uint32(t[i:])
		}
		out = append(out, n...)
		out = be.AppendUint32(out, sum)
		out = be.AppendUint32(out, uint32(base+len(body)))
		out = be.AppendUint32(out, uint32(len(tabs[n])))
		body = append(body, t...)
	}
	return append(out, body...)
}

// write puts the font's objects into the file.
func (f *Face) write(w *Writer) {
	src := f.font
	cid, desc, file, uni, set := w.alloc(), w.alloc(), w.alloc(), w.alloc(), w.alloc()
	h := sha256.Sum256([]byte(string(f.runes)))
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + h[i]%26
	}
	name := string(tag) + "+" + src.name
	var widths, pairs strings.Builder
	for i, r := range f.runes {
		if i == 0 {
			fmt.Fprintf(&widths, "%d", src.adv[0])
			continue
		}
		fmt.Fprintf(&widths, " %d", src.adv[src.shape(r)])
	}
	n := len(f.runes) - 1
	for i, r := range f.runes[1:] {
		if i%100 == 0 {
			fmt.Fprintf(&pairs, "%d beginbfchar\n", min(100, n-i))
		}
		fmt.Fprintf(&pairs, "<%04X> <", i+1)
		for _, u := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&pairs, "%04X", u)
		}
		pairs.WriteString(">\n")
		if i%100 == 99 || i == n-1 {
			pairs.WriteString("endbfchar\n")
		}
	}
	w.put(f.obj, "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, cid, uni)
	w.put(cid, "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 1000/W[0[%s]]>>", name, desc, widths.String())
	flags, stem, angle := 4, 80, 0
	if src.fixed {
		flags |= 1
	}
	if src.serif {
		flags |= 2
	}
	if src.italic {
		flags, angle = flags|64, -16
	}
	if src.bold {
		stem = 140
	}
	w.put(desc, "<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 %d 0 R/CIDSet %d 0 R>>",
		name, flags, src.bbox[0], src.bbox[1], src.bbox[2], src.bbox[3], angle, src.ascent, src.descent, src.capH, stem, file, set)
	sub := f.subset()
	w.stream(file, fmt.Sprintf("/Length1 %d", len(sub)), sub, true)
	glyphs := int(be.Uint16(sub[tableAt(sub, "maxp")+4:]))
	used := make([]byte, (glyphs+7)/8)
	for g := range glyphs {
		used[g/8] |= 0x80 >> (g % 8)
	}
	w.stream(set, "", used, true)
	w.stream(uni, "", []byte("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"+
		"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"+
		pairs.String()+"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"), true)
}

// tableAt is the place of a table in a font file.
func tableAt(font []byte, name string) int {
	for p := 12; p+16 <= len(font); p += 16 {
		if string(font[p:p+4]) == name {
			return int(be.Uint32(font[p+8:]))
		}
	}
	return -1
}
