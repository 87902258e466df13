package register

import (
	"reflect"
	"testing"
)

func TestAJourneyIsComparedStepByStepInWords(t *testing.T) {
	was := Journey{Key: "j", Title: "Увольнение", State: AsIs, Processes: []string{"p"}, Position: 1, Stages: []JourneyStage{
		{Title: "Узнать", Steps: []JourneyStep{{Action: "Позвонить", Need: "info", Points: []JourneyPoint{{Usage: "u", Touchpoint: "t", Text: "Телефон: 1-22"}}, Duration: "10 минут", Minutes: 10}}},
	}}
	is := was
	is.Stages = []JourneyStage{{Title: "Узнать", Steps: []JourneyStep{{Action: "Позвонить"}, {Action: "Прийти", Pain: "далеко"}}}}
	ds := Compare(&Register{Journeys: []Journey{was}}, &Register{Journeys: []Journey{is}})
	want := []FieldDifference{{Field: "stages", Before: "Узнать: Позвонить (Телефон: 1-22; 10 минут)", After: "Узнать: Позвонить; Прийти (далеко)"}}
	if len(ds) != 1 || ds[0].Kind != KindJourney || !reflect.DeepEqual(ds[0].Fields, want) {
		t.Errorf("differences = %+v, want the fields %+v", ds, want)
	}
	if ds := Compare(&Register{Journeys: []Journey{was}}, &Register{Journeys: []Journey{was}}); len(ds) != 0 {
		t.Errorf("a journey differs from itself: %+v", ds)
	}
}
