package drawing

import "math"

// A Path is an outline of straight lines and curves. Its methods return it, to be chained.
type Path struct{ ops []op }

// An op is a step of a path: 'M' and 'L' with one point, 'C' with three, 'Z' with none.
type op struct {
	kind byte
	p    [6]float64
}

// Move begins a new part of the outline.
func (p *Path) Move(x, y float64) *Path {
	p.ops = append(p.ops, op{'M', [6]float64{x, y}})
	return p
}

// Line goes straight to a point.
func (p *Path) Line(x, y float64) *Path {
	p.ops = append(p.ops, op{'L', [6]float64{x, y}})
	return p
}

// Curve goes to x, y by a cubic curve with two control points.
func (p *Path) Curve(x1, y1, x2, y2, x, y float64) *Path {
	p.ops = append(p.ops, op{'C', [6]float64{x1, y1, x2, y2, x, y}})
	return p
}

// Close goes back to where the part began.
func (p *Path) Close() *Path {
	p.ops = append(p.ops, op{kind: 'Z'})
	return p
}

func (p *Path) through(xy []float64) *Path {
	for i := 0; i+1 < len(xy); i += 2 {
		if i == 0 {
			p.Move(xy[0], xy[1])
		} else {
			p.Line(xy[i], xy[i+1])
		}
	}
	return p
}

// round is the distance of control points that makes a quarter of a circle out of a cubic curve.
const round = 0.5522847498

// outline is the shape as a path.
func (s *shape) outline() *Path {
	p := new(Path)
	switch s.kind {
	case 'p':
		return &s.path
	case 'l':
		return p.Move(s.x, s.y).Line(s.x+s.w, s.y+s.h)
	case 'c':
		return p.rounded(s.x-s.r, s.y-s.r, 2*s.r, 2*s.r, s.r)
	}
	if s.r == 0 {
		return p.Move(s.x, s.y).Line(s.x+s.w, s.y).Line(s.x+s.w, s.y+s.h).Line(s.x, s.y+s.h).Close()
	}
	return p.rounded(s.x, s.y, s.w, s.h, s.r)
}

func (p *Path) rounded(x, y, w, h, r float64) *Path {
	k := r * (1 - round)
	return p.Move(x+r, y).
		Line(x+w-r, y).Curve(x+w-k, y, x+w, y+k, x+w, y+r).
		Line(x+w, y+h-r).Curve(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h).
		Line(x+r, y+h).Curve(x+k, y+h, x, y+h-k, x, y+h-r).
		Line(x, y+r).Curve(x, y+k, x+k, y, x+r, y).Close()
}

// A polyline is a part of an outline made of straight pieces.
type polyline struct {
	xy     [][2]float64
	closed bool
}

// flat gives the outline as straight pieces, moved and scaled; curves become pieces of about a pixel and a half.
func (p *Path) flat(dx, dy, scale float64) []polyline {
	var out []polyline
	var cur *polyline
	pt := func(x, y float64) [2]float64 { return [2]float64{(x + dx) * scale, (y + dy) * scale} }
	for _, o := range p.ops {
		if cur == nil && o.kind != 'M' {
			continue // a path begins with a point
		}
		switch o.kind {
		case 'M':
			out = append(out, polyline{xy: [][2]float64{pt(o.p[0], o.p[1])}})
			cur = &out[len(out)-1]
		case 'L':
			cur.xy = append(cur.xy, pt(o.p[0], o.p[1]))
		case 'C':
			a := cur.xy[len(cur.xy)-1]
			b, c, d := pt(o.p[0], o.p[1]), pt(o.p[2], o.p[3]), pt(o.p[4], o.p[5])
			length := math.Hypot(b[0]-a[0], b[1]-a[1]) + math.Hypot(c[0]-b[0], c[1]-b[1]) + math.Hypot(d[0]-c[0], d[1]-c[1])
			n := int(min(64, max(4, length/1.5)))
			for i := 1; i <= n; i++ {
				t := float64(i) / float64(n)
				u := 1 - t
				var q [2]float64
				for k := range q {
					q[k] = u*u*u*a[k] + 3*u*u*t*b[k] + 3*u*t*t*c[k] + t*t*t*d[k]
				}
				cur.xy = append(cur.xy, q)
			}
		case 'Z':
			cur.closed = true
		}
	}
	return out
}

// bounds is the smallest box around the group, in the coordinates around it; ok is false when nothing is drawn.
func (g *Group) bounds() (x1, y1, x2, y2 float64, ok bool) {
	x1, y1, x2, y2 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	grow := func(x, y float64) {
		x1, y1, x2, y2, ok = min(x1, x), min(y1, y), max(x2, x), max(y2, y), true
	}
	for _, it := range g.items {
		switch it := it.(type) {
		case shape:
			for _, l := range it.outline().flat(0, 0, 1) {
				for _, p := range l.xy {
					grow(p[0], p[1])
				}
			}
		case text:
			x := it.left()
			grow(x, it.y-it.t.size()*ascent)
			grow(x+Width(it.s, it.t), it.y+it.t.size()*descent)
		case *Group:
			if a, b, c, d, in := it.bounds(); in {
				grow(a, b)
				grow(c, d)
			}
		}
	}
	return x1 + g.X, y1 + g.Y, x2 + g.X, y2 + g.Y, ok
}

// Bounds is the smallest box around what is drawn, text as wide as it is measured; ok is false when nothing is.
func (d *Drawing) Bounds() (x1, y1, x2, y2 float64, ok bool) { return d.bounds() }
