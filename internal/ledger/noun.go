package ledger

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"perechen/internal/procedure"
	"perechen/internal/register"
)

// Bounds of what one change may hold.
const (
	maxContent          = 1 << 20 // bytes of a subject; the longest cell that intake reads is a quarter of it
	maxProcedureContent = 8 << 20 // a Порядок holds the order's whole text
	maxGround           = 4096    // bytes of each part of a ground
)

// A noun is a decoded subject, as far as the ledger looks into it.
type noun struct {
	key                 string // by which the content calls itself
	process, touchpoint string // what a usage refers to
	search              string // words by which it is found
	names               string // words by which it is found among those of all bodies
}

// titles names the kinds in sentences.
var titles = map[register.Kind]string{
	register.KindOrganisation: "организация",
	register.KindProcedure:    "порядок",
	register.KindDepartment:   "отдел",
	register.KindAppointment:  "назначение",
	register.KindProcess:      "процесс",
	register.KindTouchpoint:   "точка взаимодействия",
	register.KindUsage:        "взаимодействие",
	register.KindAttribute:    "признак сегментации",
	register.KindProfile:      "профиль",
	register.KindDecision:     "решение по замечанию",
	register.KindEdition:      "редакция",
	register.KindErasure:      "уничтожение сведений",
	register.KindTask:         "задача актуализации",
	register.KindConfirmation: "подтверждение",
	register.KindCalendar:     "производственный календарь",
	register.KindPublication:  "опубликование",
	register.KindJourney:      "клиентский путь",
	register.KindForm:         "бланк",
	register.KindClosure:      "изменение часов",
	register.KindPhrase:       "слова для поиска",
	register.KindReplacement:  "замена",
}

// An erasure is the content of an entry of KindErasure; the entry's key is the same number.
type erasure struct {
	N int64 `json:"n"`
}

// SearchText gives the words by which a version with that content is found, as Derived.Search and Derived.Names have them;
// empty for none.
func SearchText(kind register.Kind, content []byte) (search, names string, err error) {
	if len(content) == 0 {
		return "", "", nil
	}
	n, err := readNoun(kind, content, false)
	return n.search, n.names, err
}

// readNoun decodes the content of a change. Strictly, content must be exactly what register.Encode gives for the noun:
// then every field is known and nothing is said twice. What is in the log already is not read strictly: nouns may have
// gained or lost fields since.
func readNoun(kind register.Kind, content []byte, strict bool) (noun, error) {
	switch kind {
	case register.KindOrganisation:
		return read(content, strict, func(v *register.Organisation) noun {
			return noun{key: v.Slug, names: v.Name + "\n" + v.ShortName + "\n" + v.Slug}
		})
	case register.KindProcedure:
		return read(content, strict, func(v *procedure.Procedure) noun { return noun{key: v.ID} })
	case register.KindDepartment:
		return read(content, strict, func(v *register.Department) noun { return noun{key: v.Key} })
	case register.KindAppointment:
		return read(content, strict, func(v *register.Appointment) noun { return noun{key: v.Key, names: v.Account} })
	case register.KindProcess:
		return read(content, strict, processNoun)
	case register.KindTouchpoint:
		return read(content, strict, touchpointNoun)
	case register.KindUsage:
		return read(content, strict, usageNoun)
	case register.KindAttribute:
		return read(content, strict, func(v *register.Attribute) noun { return noun{key: v.Key} })
	case register.KindProfile:
		return read(content, strict, func(v *register.Profile) noun { return noun{key: v.Key} })
	case register.KindDecision:
		return read(content, strict, func(v *register.Decision) noun { return noun{key: v.Finding} })
	case register.KindEdition:
		return read(content, strict, func(v *register.Edition) noun { return noun{key: strconv.Itoa(v.Number)} })
	case register.KindTask:
		return read(content, strict, func(v *register.Task) noun { return noun{key: v.Key} })
	case register.KindConfirmation:
		return read(content, strict, func(v *register.Confirmation) noun { return noun{key: v.Key} })
	case register.KindCalendar:
		return read(content, strict, func(v *register.CalendarYear) noun { return noun{key: v.Key} })
	case register.KindPublication:
		return read(content, strict, func(v *register.Publication) noun { return noun{key: v.Key} })
	case register.KindJourney:
		return read(content, strict, func(v *register.Journey) noun { return noun{key: v.Key} })
	case register.KindForm:
		return read(content, strict, func(v *register.Blank) noun { return noun{key: v.Key} })
	case register.KindClosure:
		return read(content, strict, func(v *register.Closure) noun { return noun{key: v.Key} })
	case register.KindPhrase:
		return read(content, strict, func(v *register.Phrase) noun { return noun{key: v.Key} })
	case register.KindReplacement:
		return read(content, strict, func(v *register.Replacement) noun { return noun{key: v.Key} })
	case register.KindErasure:
		return read(content, strict, func(v *erasure) noun { return noun{key: strconv.FormatInt(v.N, 10)} })
	}
	return noun{}, invalid("Неизвестный вид записи «%s».", kind)
}

// Canonical reads the content of a subject, whatever the order of its fields, and writes it as the log takes it
// (register.Encode). Unknown fields are dropped; CodeInvalid for what is no subject of that kind.
func Canonical(kind register.Kind, content []byte) (json.RawMessage, error) {
	v, ok := map[register.Kind]any{
		register.KindOrganisation: new(register.Organisation), register.KindProcedure: new(procedure.Procedure),
		register.KindDepartment: new(register.Department), register.KindAppointment: new(register.Appointment),
		register.KindProcess: new(register.Process), register.KindTouchpoint: new(register.Touchpoint), register.KindUsage: new(register.Usage),
		register.KindAttribute: new(register.Attribute), register.KindProfile: new(register.Profile), register.KindDecision: new(register.Decision),
		register.KindEdition: new(register.Edition), register.KindTask: new(register.Task), register.KindConfirmation: new(register.Confirmation),
		register.KindCalendar: new(register.CalendarYear), register.KindPublication: new(register.Publication),
		register.KindJourney: new(register.Journey), register.KindForm: new(register.Blank), register.KindClosure: new(register.Closure),
		register.KindPhrase: new(register.Phrase), register.KindReplacement: new(register.Replacement),
	}[kind]
	if !ok {
		return nil, invalid("Неизвестный вид записи «%s».", kind)
	}
	if err := json.Unmarshal(content, v); err != nil {
		return nil, &Error{Code: CodeInvalid, Text: "Содержание изменения не читается как предмет своего вида.", Err: err}
	}
	return register.Encode(v), nil
}

// Check tells what is wrong with a change whatever the register holds: its kind, key, operation and the form of its
// content; an *Error or nil.
func Check(c register.Change) error {
	_, err := prepare(c)
	return err
}

// nounOf looks into the subject of a change whose content has just been encoded from it, which spares reading that content
// back. It knows the kinds that come in great numbers. Content with a replacement character is not taken on trust: the text
// was not UTF-8.
func nounOf(c register.Change, content []byte) (noun, bool) {
	if bytes.Contains(content, []byte(`\ufffd`)) {
		return noun{}, false
	}
	switch v := c.Subject.(type) {
	case *register.Process:
		return processNoun(v), c.Kind == register.KindProcess
	case *register.Touchpoint:
		return touchpointNoun(v), c.Kind == register.KindTouchpoint
	case *register.Usage:
		return usageNoun(v), c.Kind == register.KindUsage
	}
	return noun{}, false
}

func processNoun(v *register.Process) noun {
	return noun{key: v.Key, search: v.Title + "\n" + v.Scope}
}

func touchpointNoun(v *register.Touchpoint) noun {
	return noun{key: v.Key, search: strings.Join([]string{v.Label, v.Value, v.Contact, v.Place, v.Hours}, "\n")}
}

func usageNoun(v *register.Usage) noun {
	return noun{key: v.Key, process: v.Process, touchpoint: v.Touchpoint, search: usageText(v)}
}

func usageText(u *register.Usage) string {
	size := len(u.Text) + len(u.Feature) + 1
	for _, n := range u.Needs {
		size += len(n.Text) + 1
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteString(u.Text)
	for _, n := range u.Needs {
		if n.Text != u.Text {
			b.WriteByte('\n')
			b.WriteString(n.Text)
		}
	}
	for _, s := range u.Forms {
		b.WriteByte('\n')
		b.WriteString(s)
	}
	b.WriteByte('\n')
	b.WriteString(u.Feature)
	return b.String()
}

func read[T any](content []byte, strict bool, look func(*T) noun) (noun, error) {
	var v T
	if err := json.Unmarshal(content, &v); err != nil {
		return noun{}, &Error{Code: CodeInvalid, Text: "Содержание изменения не читается как предмет своего вида.", Err: err}
	}
	if strict && !bytes.Equal(register.Encode(&v), content) {
		return noun{}, invalid("Содержание изменения записано не в принятом виде: есть незнакомые поля, повторы или лишние знаки.")
	}
	return look(&v), nil
}

// checkKey holds keys to [a-z0-9][a-z0-9._@+-]{0,119}; a decision's key is the finding's id, «R3-1a2b3c4d».
func checkKey(kind register.Kind, key string) error {
	ok := key != "" && len(key) <= 120
	for i := 0; ok && i < len(key); i++ {
		c := key[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case 'A' <= c && c <= 'Z':
			ok = kind == register.KindDecision
		default:
			ok = i > 0 && strings.IndexByte("._@+-", c) >= 0
		}
	}
	if !ok {
		return invalid("Ключ «%s» не годится: нужны строчные латинские буквы, цифры и знаки . _ @ + -, не больше 120 знаков, первым — буква или цифра.", key)
	}
	return nil
}
