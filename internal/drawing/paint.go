package drawing

import (
	"image/color"
	"strconv"
)

// A Paint is a colour by the name that the pages give it (a custom property of site.css), or a literal #rrggbb, which
// then does not follow the scheme. The empty paint paints nothing.
type Paint string

// The paints of the pages. Text on Field or Ground in any of Ink, Soft, Link, Digital, Offline, Bad, Unclear and Form has a
// contrast of 4.5 or more, and so have fields of these with text in Field; Digital on DigitalBg, Offline on OfflineBg
// and Bad on BadBg as well.
const (
	Ink       Paint = "ink"
	Soft      Paint = "soft" // less important text
	Rule      Paint = "rule" // strong lines
	Edge      Paint = "line" // lines
	Hair      Paint = "hair" // the thinnest lines
	Ground    Paint = "paper"
	Field     Paint = "sheet"
	Link      Paint = "link"
	Digital   Paint = "digital" // digital points: the colour and the field under text in it
	DigitalBg Paint = "digital-bg"
	Offline   Paint = "offline"
	OfflineBg Paint = "offline-bg"
	Bad       Paint = "bad"
	BadBg     Paint = "del-bg"
	Unclear   Paint = "unclear"
	Form      Paint = "form"
	Mark      Paint = "target" // a field that stands out
)

// light are the colours of files, PNG and PDF: those of the pages by day.
var light = map[Paint]string{
	Ink: "#1b1f24", Soft: "#57606b", Rule: "#1b1f24", Edge: "#d8d4ca", Hair: "#eae6dd", Ground: "#faf8f3", Field: "#ffffff",
	Link: "#0b4f8a", Digital: "#0d6355", DigitalBg: "#e1f1ed", Offline: "#814409", OfflineBg: "#f8ecdc", Bad: "#a3212a", BadBg: "#fbe9ea",
	Unclear: "#7a5200", Form: "#4a5a6a", Mark: "#fff6d6",
}

// hex is the colour as #rrggbb; a paint that nobody knows is ink.
func (p Paint) hex() string {
	if len(p) == 7 && p[0] == '#' {
		if _, err := strconv.ParseUint(string(p[1:]), 16, 32); err == nil {
			return string(p)
		}
	}
	if h, ok := light[p]; ok {
		return h
	}
	return light[Ink]
}

// css is the colour in a page: the page's own, with the colour by day where the page has none.
func (p Paint) css() string {
	if _, ok := light[p]; ok {
		return "var(--" + string(p) + "," + p.hex() + ")"
	}
	return p.hex()
}

func (p Paint) rgb() color.RGBA {
	v, _ := strconv.ParseUint(p.hex()[1:], 16, 32)
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 255}
}

// A Hatch is a pattern of thin lines or dots over a fill.
type Hatch byte

const (
	Plain Hatch = iota
	Up          // lines that rise from left to right
	Down        // lines that fall
	Cross       // both
	Dots
	Level // level lines
)

// A hatch repeats every hatchStep; its lines are hatchLine wide, its dots have the radius hatchDot.
const (
	hatchStep = 8.0
	hatchLine = 1.4
	hatchDot  = 1.5
)
