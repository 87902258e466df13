package journey

import (
	"slices"

	"perechen/internal/register"
)

// Bounds of a journey, far above any that a person could follow.
const (
	MaxStages = 20
	MaxSteps  = 100
	MaxPoints = 24 // of one step
)

// AddStage puts an empty stage after stage i; -1 puts it first. Ok is false when there is no room.
func AddStage(j *register.Journey, i int) bool {
	if len(j.Stages) >= MaxStages || i < -1 || i >= len(j.Stages) {
		return false
	}
	j.Stages = slices.Insert(slices.Clone(j.Stages), i+1, register.JourneyStage{Steps: []register.JourneyStep{{}}})
	return true
}

// AddStep puts an empty step after step k of stage i; -1 puts it first.
func AddStep(j *register.Journey, i, k int) bool {
	if i < 0 || i >= len(j.Stages) || k < -1 || k >= len(j.Stages[i].Steps) || j.Steps() >= MaxSteps {
		return false
	}
	s := &j.Stages[i]
	s.Steps = slices.Insert(slices.Clone(s.Steps), k+1, register.JourneyStep{})
	return true
}

// DropStage takes a stage out with its steps.
func DropStage(j *register.Journey, i int) bool {
	if i < 0 || i >= len(j.Stages) {
		return false
	}
	j.Stages = slices.Delete(slices.Clone(j.Stages), i, i+1)
	return true
}

// DropStep takes a step out; its stage stays, even empty.
func DropStep(j *register.Journey, i, k int) bool {
	if i < 0 || i >= len(j.Stages) || k < 0 || k >= len(j.Stages[i].Steps) {
		return false
	}
	s := &j.Stages[i]
	s.Steps = slices.Delete(slices.Clone(s.Steps), k, k+1)
	return true
}

// MoveStage moves a stage by one place, up (-1) or down (1).
func MoveStage(j *register.Journey, i, by int) bool {
	to := i + by
	if i < 0 || i >= len(j.Stages) || to < 0 || to >= len(j.Stages) {
		return false
	}
	j.Stages = slices.Clone(j.Stages)
	j.Stages[i], j.Stages[to] = j.Stages[to], j.Stages[i]
	return true
}

// MoveStep moves a step by one place, up (-1) or down (1); from the edge of its stage it goes over to the neighbouring one. It
// tells where the step stands then.
func MoveStep(j *register.Journey, i, k, by int) (stage, step int, ok bool) {
	if i < 0 || i >= len(j.Stages) || k < 0 || k >= len(j.Stages[i].Steps) || by != 1 && by != -1 {
		return 0, 0, false
	}
	j.Stages = slices.Clone(j.Stages)
	s := &j.Stages[i]
	s.Steps = slices.Clone(s.Steps)
	if to := k + by; to >= 0 && to < len(s.Steps) {
		s.Steps[k], s.Steps[to] = s.Steps[to], s.Steps[k]
		return i, to, true
	}
	to := i + by
	if to < 0 || to >= len(j.Stages) {
		return 0, 0, false
	}
	x := s.Steps[k]
	s.Steps = slices.Delete(s.Steps, k, k+1)
	next := &j.Stages[to]
	at := 0
	if by < 0 {
		at = len(next.Steps)
	}
	next.Steps = slices.Insert(slices.Clone(next.Steps), at, x)
	return to, at, true
}
