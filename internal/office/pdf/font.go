// Package pdf writes tagged PDF/A-1 files with subset TrueType fonts. It knows pages, text, structure elements and
// nothing of what they mean; package office lays documents out with it.
//
// A file is written from front to back: a page, a structure element or an annotation leaves memory as soon as it is
// closed, so that a report of many thousand rows costs little more than one page. The same calls give the same bytes.
package pdf

import (
	"encoding/binary"
	"fmt"
)

var be = binary.BigEndian

// A Font is a parsed TrueType font. It is read only and may be shared by documents written at the same time.
type Font struct {
	name    string
	tab     map[string][]byte
	upem    int
	nGlyphs int
	adv     []uint16          // by glyph, 1/1000 of the size
	gids    [256]*[256]uint16 // by code point of the basic plane
	bbox    [4]int            // 1/1000 of the size, as all below
	ascent  int
	descent int
	capH    int
	data    []byte // the file
	fixed   bool
	serif   bool
	italic  bool
	bold    bool
}

// ParseFont reads a TrueType font with outlines in «glyf» and a format 4 character map. The name is its PostScript
// name. The bytes must not change afterwards.
func ParseFont(name string, data []byte) (f *Font, err error) {
	defer func() {
		if r := recover(); r != nil { // an offset past the end: one message serves for all
			err = fmt.Errorf("font %s is damaged: %v", name, r)
		}
	}()
	f = &Font{name: name, data: data, tab: map[string][]byte{}}
	for i, n := 0, int(be.Uint16(data[4:])); i < n; i++ {
		r := data[12+16*i:]
		off, size := be.Uint32(r[8:]), be.Uint32(r[12:])
		f.tab[string(r[:4])] = data[off : off+size : off+size]
	}
	for _, t := range []string{"head", "maxp", "hhea", "hmtx", "cmap", "loca", "glyf", "OS/2", "post"} {
		if f.tab[t] == nil {
			return nil, fmt.Errorf("font %s has no table %q", name, t)
		}
	}
	head, hhea, os2 := f.tab["head"], f.tab["hhea"], f.tab["OS/2"]
	f.upem = int(be.Uint16(head[18:]))
	for i := range f.bbox {
		f.bbox[i] = f.milli(int(int16(be.Uint16(head[36+2*i:]))))
	}
	style := be.Uint16(head[44:])
	f.bold, f.italic = style&1 != 0, style&2 != 0
	f.fixed = be.Uint32(f.tab["post"][12:]) != 0
	f.serif = os2[33] >= 2 && os2[33] <= 10 // PANOSE
	f.ascent = f.milli(int(int16(be.Uint16(hhea[4:]))))
	f.descent = f.milli(int(int16(be.Uint16(hhea[6:]))))
	f.capH = f.ascent
	if be.Uint16(os2) >= 2 {
		f.capH = f.milli(int(int16(be.Uint16(os2[88:]))))
	}
	f.nGlyphs = int(be.Uint16(f.tab["maxp"][4:]))
	last := int(be.Uint16(hhea[34:])) - 1
	f.adv = make([]uint16, f.nGlyphs)
	for g := range f.adv {
		f.adv[g] = uint16(f.milli(int(be.Uint16(f.tab["hmtx"][4*min(g, last):]))))
	}
	f.parseCmap()
	if f.gid(' ') == 0 {
		return nil, fmt.Errorf("font %s has no usable character map", name)
	}
	for r, like := range map[rune]rune{'\u00a0': ' ', '\u2007': ' ', '\u202f': ' ', '\u2010': '-', '\u2011': '-'} {
		if f.gid(r) == 0 && f.gid(like) != 0 {
			f.setGid(r, f.gid(like))
		}
	}
	return f, nil
}

func (f *Font) parseCmap() {
	cm := f.tab["cmap"]
	for i, n := 0, int(be.Uint16(cm[2:])); i < n; i++ {
		s := cm[be.Uint32(cm[4+8*i+4:]):]
		if be.Uint16(s) != 4 {
			continue
		}
		sc := int(be.Uint16(s[6:])) / 2
		end, start, delta, ro := s[14:], s[16+2*sc:], s[16+4*sc:], s[16+6*sc:]
		for k := range sc {
			e, st := int(be.Uint16(end[2*k:])), int(be.Uint16(start[2*k:]))
			d, o := be.Uint16(delta[2*k:]), int(be.Uint16(ro[2*k:]))
			for c := st; c <= e && c < 0xFFFF; c++ {
				g := uint16(c) + d
				if o != 0 {
					if g = be.Uint16(ro[2*k+o+2*(c-st):]); g != 0 {
						g += d
					}
				}
				if g == 0 || int(g) >= f.nGlyphs {
					continue
				}
				f.setGid(rune(c), g)
			}
		}
	}
}

func (f *Font) setGid(r rune, g uint16) {
	if f.gids[r>>8] == nil {
		f.gids[r>>8] = new([256]uint16)
	}
	f.gids[r>>8][r&255] = g
}

// milli turns font units into thousandths of the size, rounded.
func (f *Font) milli(v int) int {
	if v < 0 {
		return -f.milli(-v)
	}
	return (v*1000 + f.upem/2) / f.upem
}

func (f *Font) gid(r rune) uint16 {
	if r < 0 || r > 0xFFFF || f.gids[r>>8] == nil {
		return 0
	}
	return f.gids[r>>8][r&255]
}

// Has tells whether the font draws the character.
func (f *Font) Has(r rune) bool { return f.gid(r) != 0 }

// shape is the glyph that stands for a character: its own, or a hollow box.
func (f *Font) shape(r rune) uint16 {
	if g := f.gid(r); g != 0 {
		return g
	}
	return f.gid('□')
}

// Advance is the width of a character in thousandths of the size; one that the font has not is as wide as the box that
// is drawn for it.
func (f *Font) Advance(r rune) int { return int(f.adv[f.shape(r)]) }

func (f *Font) outline(g int) []byte {
	l := f.tab["loca"]
	if be.Uint16(f.tab["head"][50:]) == 1 {
		return f.tab["glyf"][be.Uint32(l[4*g:]):be.Uint32(l[4*g+4:])]
	}
	return f.tab["glyf"][2*int(be.Uint16(l[2*g:])) : 2*int(be.Uint16(l[2*g+2:]))]
}

// Data is the file that the font was read from; it must not be changed.
func (f *Font) Data() []byte { return f.data }
