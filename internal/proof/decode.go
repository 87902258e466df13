package proof

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"time"
)

// DecodeLeaf reads a leaf. It accepts exactly the bytes that Encode gives and nothing else: Encode of the result is b.
func DecodeLeaf(b []byte) (Leaf, error) {
	var d LeafDecoder
	return d.Decode(b)
}

// A LeafDecoder reads leaf after leaf, as DecodeLeaf does. What the last one said in the same bytes is neither read nor kept
// again. It is for one goroutine.
type LeafDecoder struct {
	last   Leaf
	time   string    // the line of last.Time
	ground [3]string // the lines of last.Ground
}

// Decode is DecodeLeaf.
func (d *LeafDecoder) Decode(b []byte) (Leaf, error) {
	var lines [12][]byte
	for i := range lines {
		at := bytes.IndexByte(b, '\n')
		if at < 0 {
			return Leaf{}, errLeaf
		}
		lines[i], b = b[:at], b[at+1:]
	}
	if len(b) != 0 || string(lines[0]) != LeafVersion {
		return Leaf{}, errLeaf
	}
	l := Leaf{
		Body: again(lines[1], d.last.Body), Kind: again(lines[4], d.last.Kind), Key: string(lines[5]),
		Op: again(lines[6], d.last.Op), Actor: again(lines[10], d.last.Actor),
	}
	var ok [5]bool
	l.N, ok[0] = leafNumber(lines[2])
	if l.Time, ok[1] = d.last.Time, true; string(lines[3]) != d.time || d.time == "" {
		l.Time, ok[1] = leafTime(lines[3])
		d.time = string(lines[3])
	}
	for i, g := range []struct{ now, last *string }{
		{&l.Ground.Clause, &d.last.Ground.Clause}, {&l.Ground.Text, &d.last.Ground.Text}, {&l.Ground.Act, &d.last.Ground.Act},
	} {
		line := lines[7+i]
		if *g.now, ok[2+i] = *g.last, true; string(line) != d.ground[i] || len(line) == 0 {
			*g.now, ok[2+i] = unquote(line)
			d.ground[i] = string(line)
		}
	}
	good := leafCommitment(&l.Commit, lines[11]) && validSlug(l.Body) && validKind(string(l.Kind)) && validID(l.Key) && validOp(l.Op) && validID(l.Actor)
	for _, ok := range ok {
		good = good && ok
	}
	if !good {
		*d = LeafDecoder{}
		return Leaf{}, errLeaf
	}
	d.last = l
	return l, nil
}

// again is b as a string, the last one if it says the same.
func again[S ~string](b []byte, last S) S {
	if string(b) == string(last) {
		return last
	}
	return S(b)
}

// leafNumber reads a number from 1 without leading zeros.
func leafNumber(b []byte) (int64, bool) {
	if len(b) == 0 || b[0] < '1' || b[0] > '9' {
		return 0, false
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	return n, err == nil
}

// leafTime reads a time in the form LeafTime.
func leafTime(b []byte) (time.Time, bool) {
	if len(b) != len(LeafTime) {
		return time.Time{}, false
	}
	for i, c := range []byte(LeafTime) {
		if digit := c >= '0' && c <= '9'; digit != (b[i] >= '0' && b[i] <= '9') || !digit && b[i] != c {
			return time.Time{}, false
		}
	}
	number := func(from, to int) (n int) {
		for _, c := range b[from:to] {
			n = n*10 + int(c-'0')
		}
		return n
	}
	year, month, day := number(0, 4), number(5, 7), number(8, 10)
	hour, minute, second := number(11, 13), number(14, 16), number(17, 19)
	t := time.Date(year, time.Month(month), day, hour, minute, second, number(20, 26)*1000, time.UTC)
	// What no calendar or clock shows, Date moves to another day or hour.
	y, m, d := t.Date()
	ok := year >= 1 && y == year && int(m) == month && d == day && t.Hour() == hour && t.Minute() == minute && t.Second() == second
	return t, ok
}

// leafCommitment reads a commitment in lower-case hexadecimal digits.
func leafCommitment(c *Commitment, b []byte) bool {
	if len(b) != 2*len(c) {
		return false
	}
	for _, d := range b {
		if d >= 'A' && d <= 'F' {
			return false
		}
	}
	_, err := hex.Decode(c[:], b)
	return err == nil
}
