package render

import (
	"testing"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

func TestDocumentsCallTheBodyAsItCallsItself(t *testing.T) {
	p := &procedure.Procedure{ID: "x", Holder: procedure.Holder{Name: "Комитет по занятости", ShortName: "Комитет", Genitive: "Комитета по занятости", ShortGenitive: "Комитета", HeadTitle: "Председатель", HeadName: "И.И. Иванов", Word: "Комитет"}}
	if Named(p, register.Organisation{Name: "Комитет по занятости"}) != p {
		t.Error("nothing is renamed, and the procedure is copied")
	}
	got := Named(p, register.Organisation{Name: "Министерство труда", ShortName: "Минтруд", Genitive: "Министерства труда", HeadTitle: "Министр"}).Holder
	want := procedure.Holder{Name: "Министерство труда", ShortName: "Минтруд", Genitive: "Министерства труда", HeadTitle: "Министр", HeadName: "И.И. Иванов", Word: "Комитет"}
	if got != want || p.Holder.Name != "Комитет по занятости" {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
