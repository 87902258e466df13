package render

import (
	"fmt"
	"time"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/register"
)

// A Stamp ties a document to the log: the checkpoint it was made at, and the seal of its own words.
type Stamp struct {
	N       int64     // entry of the log that the document shows
	Time    time.Time // recorded time of that entry
	Root    string    // root of the log there, base64
	Compact string    // the signed checkpoint in the short form for a QR code; empty when there is no signature
	// Seal signs the digest of the document's words (office.Doc.Seal); nil leaves the document unsealed.
	Seal func(digest [32]byte) (string, error)
}

// blocks is the foot of an official document: the edition, the checkpoint as a QR code and as text.
func (s Stamp) blocks(ed *register.Edition) ([]office.Block, error) {
	var words []office.Para
	if ed != nil {
		name := fmt.Sprintf("Редакция № %d", ed.Number)
		if ed.Date != "" {
			name += " от " + lang.Date(string(ed.Date))
		}
		words = append(words, *office.P(office.Small, fmt.Sprintf("%s, запись журнала № %d.", name, s.N)))
	} else {
		words = append(words, *office.P(office.Small, fmt.Sprintf("Состояние на %s, запись журнала № %d; редакция не утверждена.", lang.Date(string(register.DateOf(s.Time))), s.N)))
	}
	words = append(words, *office.P(office.Small, "Отпечаток журнала: "+s.Root))
	if s.Compact == "" {
		blocks := []office.Block{office.P(office.Small, "")}
		for i := range words {
			blocks = append(blocks, &words[i])
		}
		return blocks, nil
	}
	words = append(words,
		*office.P(office.Small, "Подписанный отпечаток, он же в коде (проверка без сети: perechen verify ФАЙЛ):"),
		*office.P(office.Mono, s.Compact))
	modules, err := codeModules(s.Compact)
	if err != nil {
		return nil, fmt.Errorf("отпечаток не помещается в код: %w", err)
	}
	return []office.Block{
		office.P(office.Small, ""),
		&office.Code{Modules: modules, SizeMM: 32, Alt: "QR-код с подписанным отпечатком журнала", Beside: words},
	}, nil
}
