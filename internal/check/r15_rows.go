package check

import (
	"fmt"

	"perechen/internal/register"
)

// rowsComplete is R15: each row has a process and a point, and both are in force with it.
func rowsComplete(s *scene) {
	clause := s.pr.Processes.Clause
	var noProcess, noPoint []*row
	gone := make(map[string][]*row) // process or point no longer in force → rows
	var goneKeys []string
	for _, r := range s.rows {
		if !r.hasProcess {
			noProcess = append(noProcess, r)
		} else if !s.inForce(r.process.From, r.process.To) {
			goneKeys = remember(gone, goneKeys, "process "+r.Process, r)
		}
		if !r.hasPoint {
			noPoint = append(noPoint, r)
		} else if !s.inForce(r.point.From, r.point.To) {
			goneKeys = remember(gone, goneKeys, "point "+r.Touchpoint, r)
		}
	}
	if len(noProcess) > 0 {
		s.report(note{
			severity: register.Violation,
			clause:   clause,
			places:   s.placesOf(noProcess),
			text:     fmt.Sprintf("%s перечня не указан процесс.", upperFirst(inRows(noProcess))),
			fix:      "Отнесите строку к процессу или исключите её.",
			id:       []string{"process"},
			byPlaces: true,
		})
	}
	if len(noPoint) > 0 {
		s.report(note{
			severity: register.Violation,
			clause:   clause,
			places:   s.placesOf(noPoint),
			text:     fmt.Sprintf("%s перечня не указана точка взаимодействия.", upperFirst(inRows(noPoint))),
			fix:      "Укажите точку или исключите строку.",
			id:       []string{"point"},
			byPlaces: true,
		})
	}
	for _, key := range goneKeys {
		rows := gone[key]
		text, place := fmt.Sprintf("Точка %s не действует", quoted(rows[0].point.Text())), s.point(*rows[0].point, "")
		if key == "process "+rows[0].Process {
			text, place = fmt.Sprintf("Процесс %s не действует", quoted(rows[0].process.Title)), s.processPlace(*rows[0].process)
		}
		s.report(note{
			severity: register.Violation,
			clause:   clause,
			places:   append(s.placesOf(rows), place),
			text:     fmt.Sprintf("%s на день проверки, но стоит %s перечня.", text, inRows(rows)),
			fix:      "Исключите эти строки или исправьте сроки действия.",
			id:       []string{key},
			byPlaces: true,
		})
	}
}

// remember adds a row under a key and the key, once, to keys.
func remember(m map[string][]*row, keys []string, key string, r *row) []string {
	if m[key] == nil {
		keys = append(keys, key)
	}
	m[key] = append(m[key], r)
	return keys
}
