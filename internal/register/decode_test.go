package register

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
)

// subjects are nouns with every field and with none, with words that JSON escapes and words that it does not.
func subjects() []any {
	act := &Act{Kind: "приказ", Number: "9-р", Date: "2026-02-16", Registration: &Registration{"7", "2026-02-17", "Минюст \"РФ\""}}
	return []any{
		&Process{}, &Process{"p-1", "Приём «на службу»\tили\nнет", "межведомственный", "кадры", "kadry", 3, act, act, "2026-01-01", "2026-12-31"},
		&Touchpoint{}, &Touchpoint{"tel-1", "phone", "Телефон <&>", `8 (8672) "64"\\`, "+78672649022", "г. Владикавказ\u2028", "пн \u0001", "kadry", "phone", -4, "2026-01-01", "",
			&Source{"отчёт.xlsx", 1, 2, "Лист 1", 3, "C4", 5}},
		&Touchpoint{Source: &Source{}}, &Touchpoint{Source: &Source{Row: 7}}, &Touchpoint{Source: &Source{Sheet: "я", Line: 2}},
		&Usage{}, &Usage{Needs: []NeedRef{}}, &Usage{"u-1", "p-1", "tel-1", "internal", []NeedRef{{"info", "получение информации"}, {"", ""}}, "Текст\nв две строки", "Взаимодействие",
			Digital, []string{"заявление", ""}, 12, "", "2026-12-31", &Source{File: "a"}},
	}
}

// read decodes content into a new noun of the same type as v, by a Decoder and by encoding/json.
func read(d *Decoder, content []byte, v any) (ours, theirs any, oursErr, theirsErr error) {
	typ := reflect.TypeOf(v).Elem()
	ours, theirs = reflect.New(typ).Interface(), reflect.New(typ).Interface()
	return ours, theirs, d.Decode(content, ours), json.Unmarshal(content, theirs)
}

func TestDecodeReadsWhatEncodeWrites(t *testing.T) {
	var d Decoder
	for _, v := range subjects() {
		content := Encode(v)
		ours, theirs, err, _ := read(&d, content, v)
		if err != nil || !reflect.DeepEqual(ours, theirs) {
			t.Errorf("%s:\n%+v, %v\nwant\n%+v", content, ours, err, theirs)
		}
		// And it does so by hand.
		c := canonical{b: content, d: &d}
		switch v.(type) {
		case *Process:
			c.process()
		case *Touchpoint:
			c.touchpoint()
		case *Usage:
			c.usage()
		}
		if !c.done() {
			t.Errorf("left to encoding/json from %q on: %s", c.b, content)
		}
	}
	if err := d.Decode([]byte(`{"title":"x","key":"k", "position":1}`), &Process{}); err != nil {
		t.Errorf("another order of fields: %v", err)
	}
}

// FuzzDecode: whatever a content is, the answer is that of encoding/json, and contents read before do not matter.
func FuzzDecode(f *testing.F) {
	for i, v := range subjects() {
		f.Add(byte(i), []byte(Encode(v)))
	}
	f.Add(byte(0), []byte(`{"key":"\ud800","title":"\xff","position":01}`))
	f.Add(byte(2), []byte(`{"key":"a","kind":"b","label":"c","position":1e3,"source":{,"row":1}}`))
	f.Fuzz(func(t *testing.T, kind byte, content []byte) {
		var d Decoder
		all := subjects()
		v := all[int(kind)%len(all)]
		if err := d.Decode(Encode(v), reflect.New(reflect.TypeOf(v).Elem()).Interface()); err != nil {
			t.Fatal(err)
		}
		kept := bytes.Clone(content)
		ours, theirs, oursErr, theirsErr := read(&d, content, v)
		if (oursErr == nil) != (theirsErr == nil) || oursErr == nil && !reflect.DeepEqual(ours, theirs) {
			t.Fatalf("%q:\n%+v, %v\nwant\n%+v, %v", content, ours, oursErr, theirs, theirsErr)
		}
		if !bytes.Equal(kept, content) {
			t.Fatal("the content was changed")
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	all := subjects()
	v := all[len(all)-1]
	content := Encode(v)
	b.Run("ours", func(b *testing.B) {
		var d Decoder
		b.ReportAllocs()
		for b.Loop() {
			if err := d.Decode(content, new(Usage)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := json.Unmarshal(content, new(Usage)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
