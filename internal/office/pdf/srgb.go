package pdf

import (
	"math"
	"slices"
)

// sRGB makes the ICC profile (version 2.1) of the colour space of IEC 61966-2-1, which PDF/A-1 wants with a file that
// uses device colours. The primaries are adapted to D50 as the ICC publishes them; the tone curve has 256 points.
func sRGB() []byte {
	fixed := func(b []byte, v ...float64) []byte {
		for _, x := range v {
			b = be.AppendUint32(b, uint32(int32(math.Round(x*65536))))
		}
		return b
	}
	xyz := func(x, y, z float64) []byte { return fixed([]byte("XYZ \x00\x00\x00\x00"), x, y, z) }
	const title = "sRGB IEC61966-2.1"
	desc := be.AppendUint32([]byte("desc\x00\x00\x00\x00"), uint32(len(title)+1))
	desc = append(append(desc, title...), 0)
	desc = append(desc, make([]byte, 4+4+2+1+67)...) // no Unicode, no Macintosh name
	curve := be.AppendUint32([]byte("curv\x00\x00\x00\x00"), 256)
	for i := range 256 {
		v := float64(i) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		curve = be.AppendUint16(curve, uint16(math.Round(v*65535)))
	}
	tags := []struct {
		names []string
		data  []byte
	}{
		{[]string{"desc"}, desc},
		{[]string{"cprt"}, []byte("text\x00\x00\x00\x00No copyright, use freely\x00")},
		{[]string{"wtpt"}, xyz(0.9642, 1, 0.8249)},
		{[]string{"rXYZ"}, xyz(0.43607, 0.22249, 0.01392)},
		{[]string{"gXYZ"}, xyz(0.38515, 0.71687, 0.09708)},
		{[]string{"bXYZ"}, xyz(0.14307, 0.06061, 0.71410)},
		{[]string{"rTRC", "gTRC", "bTRC"}, curve},
	}
	var table, body []byte
	n := 0
	for _, t := range tags {
		n += len(t.names)
	}
	base := 128 + 4 + 12*n
	for _, t := range tags {
		for _, s := range t.names {
			table = be.AppendUint32(append(table, s...), uint32(base+len(body)))
			table = be.AppendUint32(table, uint32(len(t.data)))
		}
		body = append(body, t.data...)
		for len(body)%4 != 0 {
			body = append(body, 0)
		}
	}
	p := be.AppendUint32(nil, uint32(base+len(body)))
	p = append(p, "\x00\x00\x00\x00\x02\x10\x00\x00mntrRGB XYZ "...)
	p = append(p, "\x07\xea\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00acsp"...) // 2026-01-01
	p = append(p, make([]byte, 28)...)                                       // no platform, maker, model; perceptual
	p = fixed(p, 0.9642, 1, 0.8249)
	p = append(p, make([]byte, 128-len(p))...)
	return slices.Concat(p, be.AppendUint32(nil, uint32(n)), table, body)
}
