package drawing

import "math"

// stroke gives the outlines of lines drawn along the parts, with round corners: boxes and discs that all turn the same way,
// so that where they overlap the paint is not taken away.
func stroke(parts []polyline, width float64, dash []float64) []polyline {
	var out []polyline
	r := width / 2
	for _, l := range parts {
		xy := l.xy
		if l.closed && len(xy) > 0 {
			xy = append(xy[:len(xy):len(xy)], xy[0])
		}
		for _, piece := range dashed(xy, dash) {
			for i := 0; i+1 < len(piece); i++ {
				a, b := piece[i], piece[i+1]
				dx, dy := b[0]-a[0], b[1]-a[1]
				n := math.Hypot(dx, dy)
				if n == 0 {
					continue
				}
				ox, oy := -dy/n*r, dx/n*r
				out = append(out, polyline{xy: [][2]float64{{a[0] + ox, a[1] + oy}, {a[0] - ox, a[1] - oy}, {b[0] - ox, b[1] - oy}, {b[0] + ox, b[1] + oy}}})
				if i > 0 || l.closed && len(dash) == 0 {
					out = append(out, disc(a, r))
				}
			}
		}
	}
	return out
}

// disc turns as the boxes of stroke do.
func disc(c [2]float64, r float64) polyline {
	n := int(max(8, min(32, r*4)))
	var l polyline
	for i := range n {
		s, k := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		l.xy = append(l.xy, [2]float64{c[0] + r*k, c[1] + r*s})
	}
	return l
}

func dashes(d []float64, scale float64) []float64 {
	out := make([]float64, 0, 2*len(d))
	for _, v := range d {
		out = append(out, max(v, .1)*scale)
	}
	if len(out)%2 == 1 {
		out = append(out, out...)
	}
	return out
}

// dashed cuts a line into its strokes.
func dashed(xy [][2]float64, dash []float64) [][][2]float64 {
	if len(dash) == 0 || len(xy) < 2 {
		return [][][2]float64{xy}
	}
	var out [][][2]float64
	cur := [][2]float64{xy[0]}
	k, left := 0, dash[0]
	for i := 0; i+1 < len(xy); i++ {
		a, b := xy[i], xy[i+1]
		n := math.Hypot(b[0]-a[0], b[1]-a[1])
		for at := 0.0; at < n; {
			step := min(left, n-at)
			at, left = at+step, left-step
			p := [2]float64{a[0] + (b[0]-a[0])*at/n, a[1] + (b[1]-a[1])*at/n}
			if k%2 == 0 {
				cur = append(cur, p)
			}
			if left <= 1e-9 {
				if k%2 == 0 {
					out = append(out, cur)
				}
				k = (k + 1) % len(dash)
				left, cur = dash[k], [][2]float64{p}
			}
		}
	}
	if k%2 == 0 && len(cur) > 1 {
		out = append(out, cur)
	}
	return out
}
