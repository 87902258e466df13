package segment

import (
	"math"
	"testing"
)

func TestParseBand(t *testing.T) {
	inf := math.Inf(1)
	for _, c := range []struct {
		text           string
		low, high      float64
		lowIn, highIn  bool
		unit           string
		single, ranged bool
	}{
		{"До 30 000", -inf, 30000, false, false, "", false, false},
		{"30 000 - 60 000", 30000, 60000, true, true, "", false, true},
		{"45 000- 60 000", 45000, 60000, true, true, "", false, true},
		{"100\u00a0000–300\u00a0000 руб.", 100000, 300000, true, true, "руб", false, true},
		{"30-60 тыс. руб.", 30000, 60000, true, true, "руб", false, true},
		{"более 300 000", 300000, inf, false, false, "", false, false},
		{"не более 5 лет", -inf, 5, false, true, "год", false, false},
		{"от 5 лет", 5, inf, true, false, "год", false, false},
		{"5 лет и более", 5, inf, true, false, "год", false, false},
		{"Менее 1 года", -inf, 1, false, false, "год", false, false},
		{"1-3 лет", 1, 3, true, true, "год", false, true},
		{"от 18 до 25", 18, 25, true, true, "", false, true},
		{"до 30 000 включительно", -inf, 30000, false, true, "", false, false},
		{"25", 25, 25, true, true, "", true, false},
	} {
		b, ok := ParseBand(c.text)
		if !ok || b.Low != c.low || b.High != c.high || b.LowIn != c.lowIn || b.HighIn != c.highIn || b.Unit != c.unit || b.Single != c.single || b.TwoEnds != c.ranged {
			t.Errorf("ParseBand(%q) = %+v, %v", c.text, b, ok)
		}
	}
	for _, text := range []string{"", "Высшее", "кабинет 204 отдела кадров", "до свидания", "1-3 лет службы в этом органе"} {
		if b, ok := ParseBand(text); ok {
			t.Errorf("ParseBand(%q) = %+v, want no band", text, b)
		}
	}
}
