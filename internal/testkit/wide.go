package testkit

import (
	"fmt"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Wide is a clean register of a body with so many processes, each with so many points, and so many departments that answer
// for them: 500, 20 and 40 are the largest ministry. Every department has its telephone and its rooms; every process is used
// through those of its department and through what the whole body shares.
func Wide(processes, points, departments int) Sample {
	s := Clean()
	r, p := s.Register, s.Procedure
	perDepartment := max(1, points-len(wideShared))
	own := make([][]string, departments)
	for d := range departments {
		key := fmt.Sprintf("d%d", d+1)
		r.Departments = append(r.Departments, register.Department{Key: key, Title: fmt.Sprintf("отдел № %d", d+1), Genitive: fmt.Sprintf("отдела № %d", d+1)})
		p.Departments = append(p.Departments, procedure.Department{Key: key, Title: fmt.Sprintf("отдел № %d", d+1), Genitive: fmt.Sprintf("отдела № %d", d+1), Clause: "2.4"})
	}
	phones, rooms := addPoints(r, p, departments*((perDepartment+1)/2))
	for i := range phones {
		own[i%departments] = append(own[i%departments], phones[i], rooms[i])
	}
	answers := map[string]string{}
	for d, keys := range own {
		for _, k := range keys {
			answers[k] = fmt.Sprintf("d%d", d+1)
		}
	}
	for i := range r.Touchpoints {
		if d, ok := answers[r.Touchpoints[i].Key]; ok {
			r.Touchpoints[i].Department = d
		}
	}
	position := len(r.Usages)
	for i := range processes {
		d := i % departments
		process := register.Process{Key: fmt.Sprintf("w%d", i), Title: largeTitle(i), Department: fmt.Sprintf("d%d", d+1), Position: len(r.Processes) + 1, Included: r.Processes[0].Included}
		r.Processes = append(r.Processes, process)
		for j := range points {
			position++
			if j < len(wideShared) {
				x := wideShared[j]
				r.Usages = append(r.Usages, cleanUsage(position, process.Key, x.touchpoint, x.class, x.needs...))
				continue
			}
			at := (j - len(wideShared) + i/departments) % len(own[d]) // its processes take turns, so that none is left out
			k, class, needs := own[d][at], register.Digital, []string{"info", "consultation", "progress"}
			if at%2 == 1 {
				class, needs = register.Offline, []string{"submission", "forms"}
			}
			r.Usages = append(r.Usages, cleanUsage(position, process.Key, k, class, needs...))
		}
	}
	r.N = int64(len(r.Usages) + len(r.Processes) + len(r.Touchpoints))
	return s
}

// wideShared are the points that every process of a wide body is used through.
var wideShared = []struct {
	touchpoint string
	class      register.Class
	needs      []string
}{
	{"t-site", register.Digital, []string{"info", "forms"}},
	{"t-email", register.Digital, []string{"submission", "feedback"}},
	{"t-edms", register.Digital, []string{"submission", "result"}},
	{"t-vk", register.Digital, []string{"info", "feedback-result"}},
	{"t-reception", register.Offline, []string{"feedback"}},
}

// Changes are what includes a whole register in a body's log that has its departments already.
func Changes(r *register.Register) []register.Change {
	var cs []register.Change
	for i := range r.Processes {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindProcess, Key: r.Processes[i].Key, Subject: &r.Processes[i]})
	}
	for i := range r.Touchpoints {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindTouchpoint, Key: r.Touchpoints[i].Key, Subject: &r.Touchpoints[i]})
	}
	for i := range r.Usages {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindUsage, Key: r.Usages[i].Key, Subject: &r.Usages[i]})
	}
	for i := range r.Attributes {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindAttribute, Key: r.Attributes[i].Key, Subject: &r.Attributes[i]})
	}
	for i := range r.Profiles {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindProfile, Key: r.Profiles[i].Key, Subject: &r.Profiles[i]})
	}
	for i := range r.Journeys {
		cs = append(cs, register.Change{Op: register.Include, Kind: register.KindJourney, Key: r.Journeys[i].Key, Subject: &r.Journeys[i]})
	}
	return cs
}
