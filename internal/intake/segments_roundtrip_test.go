package intake

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"perechen/internal/office"
	"perechen/internal/procedure"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/segment"
	"perechen/internal/testkit"
)

// TestSegmentsReadBackChangeNothing prints dictionaries and profiles in every form that can be read, and reads the files back:
// those of the Ministry's order as they are and with the clean dictionary, those of clean samples, and generated ones.
func TestSegmentsReadBackChangeNothing(t *testing.T) {
	d, p := parseFile(t, minec+".docx")
	imported := d.Against(nil, p, Options{}).Target
	clean := *imported
	clean.Attributes = nil
	for _, a := range imported.Attributes {
		if c, ok := segment.CleanOne(a); ok && c.Proposed != nil {
			a = *c.Proposed
		}
		clean.Attributes = append(clean.Attributes, a)
	}
	if n := len(segment.Clean(clean.Attributes)); n > 0 {
		t.Errorf("%d attributes are still not clean", n)
	}
	dictionary := testkit.Clean()
	dictionary.Register.Attributes = testkit.CleanDictionary()
	profiles := testkit.Segments(3, 0, 12)
	if profiles.Register.Profiles[0].Group != "" {
		t.Error("the first profile has a group")
	}
	samples := map[string]testkit.Sample{"order": {Register: imported, Procedure: p}, "order, clean": {Register: &clean, Procedure: p}, "clean": testkit.Clean(),
		"clean dictionary": dictionary, "profiles alone": profiles, "mixed types": mixedTypes()}
	for seed := range uint64(6) {
		samples[fmt.Sprint("generated ", seed)] = testkit.Segments(seed, 12+int(seed)*5, 3+int(seed)*2)
	}
	for name, s := range samples {
		s.Register.Time = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
		for _, ext := range []string{"docx", "odt", "xlsx"} {
			segmentsBack(t, name, ext, s.Register, s.Procedure)
		}
	}
}

func mixedTypes() testkit.Sample {
	s := testkit.Clean()
	s.Register.Attributes = []register.Attribute{{Key: "a", Title: "Без типа", Values: []string{"А"}, Position: 1}, {Key: "b", Type: "Тип", Title: "С типом", Values: []string{"Б"}, Position: 2},
		{Key: "c", Title: "Опять без типа", Values: []string{"В"}, Position: 3}, {Key: "d", Type: "Тип", Title: "И с типом", Values: []string{"Г (очень длинное пояснение в скобках, которое значением и остаётся)"}, Position: 4}}
	s.Register.Profiles[0].Group, s.Register.Profiles[1].Group = "Кадры", ""
	return s
}

func segmentsBack(t *testing.T, name, ext string, r *register.Register, p *procedure.Procedure) {
	t.Helper()
	doc, err := render.Segments(r, p, render.Stamp{N: 1, Root: "x", Time: r.Time, Compact: "perechen"})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := office.Write(&b, ext, doc); err != nil {
		t.Fatal(err)
	}
	file := "segments." + ext
	back, err := office.Read(context.Background(), file, bytes.NewReader(b.Bytes()), int64(b.Len()), office.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse(back, file, p)
	if err != nil {
		t.Fatalf("%s, %s: %v", name, ext, err)
	}
	if pl := d.Against(r, p, Options{}); len(pl.Changes) > 0 || len(d.Attributes) != len(r.Attributes) || len(d.Profiles) != len(r.Profiles) {
		t.Errorf("%s, %s: %d attributes, %d profiles, %v", name, ext, len(d.Attributes), len(d.Profiles), preview(pl))
		for _, c := range pl.Changes {
			t.Logf("%s %s: %s", c.Op, c.Key, c.Encoded())
			break
		}
	}
	if len(d.Skipped) > 0 && ext != "xlsx" {
		t.Errorf("%s, %s: left out %v", name, ext, d.Skipped)
	}
}
