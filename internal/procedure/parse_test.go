package procedure

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"perechen/internal/register"
	"perechen/procedures"
)

const third = "testdata/uo-zarechnyj-17-2025.yaml"

func TestAThirdBodyOfAnotherShape(t *testing.T) {
	p, err := LoadFile(third)
	if err != nil {
		t.Fatal(err)
	}
	m := NewMatcher(p)
	for text, want := range map[string]string{"Электронный дневник": "dnevnik", "МФЦ": "mfc", "тел. 2-17-40": "phone"} {
		if got, _ := m.Kind(text); got != want {
			t.Errorf("%q: kind %q, want %q", text, got, want)
		}
	}
	for wording, want := range map[string]string{"запись на экскурсию": "c", "уточнить место в очереди": "b", "направление заявления": "a", "получение информации": "b"} {
		if got := needCodes(m.Needs(wording)); got != want {
			t.Errorf("%q: needs %q, want %q", wording, got, want)
		}
	}
	for heading, want := range map[string]string{"КУДА ОБРАТИТЬСЯ": "touchpoint", "Зачем": "needs", "Цифровая или нет": "class", "№ п/п": "number"} {
		if got, _ := m.Column(heading); got != want {
			t.Errorf("%q: column %q, want %q", heading, got, want)
		}
	}
	if class, clause := p.ClassOf(register.Touchpoint{Kind: "phone"}); class != register.Offline || clause != "6" {
		t.Errorf("a telephone is %q by %q", class, clause)
	}
	if class, clause := p.ClassOf(register.Touchpoint{Kind: "site"}); class != "" || clause != "" {
		t.Errorf("a site is %q by %q; the order does not speak of sites", class, clause)
	}
	if p.Actualise.DeadlineDays != 10 || p.Actualise.PeriodMonths != 12 || p.Report.Columns[4].Width != 25.5 {
		t.Errorf("numbers: %+v, %+v", p.Actualise, p.Report.Columns[4])
	}
	if got, want := p.Act.Number, "17/1"; got != want {
		t.Errorf("act %q, want %q", got, want)
	}
}

// TestWrongFiles changes one thing in a right file each and asks for file, line, field and what was expected.
func TestWrongFiles(t *testing.T) {
	raw, err := os.ReadFile(third)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		old, new string // the first old becomes new
		line     string // a part of the line that is at fault; "" is no line
		field    string
		expected string
	}{
		"no such field":        {"slug: uo-zarechnyj", "slug: uo-zarechnyj\n  phone: '1'", "  phone: '1'", "holder.phone", "такого поля нет, ожидалось одно из: city, genitive, head_name"},
		"missing field":        {"  word: Управление\n", "", "holder:", "holder.word", "поле обязательно, ожидалось слово, которым орган называет себя"},
		"missing in a list":    {"code: b, canonical: info,", "canonical: info,", "узнать об очереди, clause", "needs[1].code", "поле обязательно, ожидался код"},
		"not a clause":         {"clause: '4', item: 2", "clause: '4..5', item: 2", "зачислении, clause", "needs[0].clause", "ожидался номер пункта, например «2.5»"},
		"no such clause":       {"clause: '4', item: 2", "clause: '44', item: 2", "зачислении, clause", "needs[0].clause", "ожидался пункт, который есть в тексте"},
		"no such paragraph":    {"clause: '4', item: 2", "clause: '4', item: 9", "зачислении, clause", "needs[0].item", "ожидался абзац от 1 до 4"},
		"paragraph is no word": {"clause: '4', item: 2", "clause: '4', item: два", "зачислении, clause", "needs[0].item", "ожидался номер абзаца"},
		"quote not in text":    {"узнать об очереди, clause", "спросить об очереди, clause", "спросить", "needs[1].text", "ожидались слова текста дословно (раздел 4, абзац 3): «узнать об очереди;»"},
		"value not in text":    {"value: 2-17-40", "value: 2-17-41", "2-17-41", "declared_points[1].value", "ожидались слова текста"},
		"hours not in text":    {"hours: вторник", "hours: среда", "hours: среда", "reception[0].hours", "ожидались слова текста"},
		"unknown canonical":    {"canonical: info", "canonical: knowledge", "knowledge", "needs[1].canonical", "ожидался один из общих кодов: info, consultation"},
		"unknown class":        {"class: offline, clause: '6'}\n  - {code: mfc", "class: офлайн, clause: '6'}\n  - {code: mfc", "class: офлайн", "channel_kinds[1].class", "ожидалось «digital»"},
		"unknown kind":         {"kind: dnevnik", "kind: diary", "kind: diary", "declared_points[0].kind", "ожидалось одно из значений channel_kinds: dnevnik, phone, mfc"},
		"own kind, no words":   {", words: [электронный дневник, дневник ру]", "", "code: dnevnik", "channel_kinds[0].words", "общего вида «dnevnik» нет"},
		"words of no sense":    {"words: [электронный дневник, дневник ру]", "words: [и в на]", "code: dnevnik", "channel_kinds[0].words[0]", "одни служебные"},
		"unknown department":   {"department: doshkolnoe", "department: shkolnoe", "department: shkolnoe", "declared_points[1].department", "departments: doshkolnoe"},
		"unknown point":        {"point: telefon-sektora", "point: telefon", "point: telefon,", "reception[0].point", "declared_points: dnevnik"},
		"unknown column":       {"field: hours", "field: when", "field: when", "report.columns[4].field", "ожидалось одно из: number, process"},
		"two columns alike":    {"field: hours", "field: class", "field: class, width", "report.columns[4].field", "«class» уже есть в строке"},
		"no columns":           {"  columns:\n", "  columns: []\n  odd:\n", "columns: []", "report.columns", "ожидался список граф"},
		"no point column":      {"field: touchpoint", "field: number", "  columns:", "report.columns", "графа с точкой взаимодействия"},
		"code twice":           {"code: b,", "code: a,", "узнать об очереди, clause", "needs[1].code", "«a» уже есть в строке"},
		"clause twice":         {"number: '9'", "number: '8'", "", "text[5].number", "«8» уже есть"},
		"field twice":          {"  word: Управление", "  word: Управление\n  word: Отдел", "  word: Отдел", "holder.word", "уже есть в строке 1"},
		"two open needs": {"{code: b, canonical: info, text: узнать об очереди, clause: '4', item: 3, wordings: [узнать|уточнить очередь, место очереди]}\n  - {code: c,",
			"{code: b, other: true, text: узнать об очереди, clause: '4', item: 3}\n  - {code: c, other: true,", "записаться на", "needs[2].other", "ожидалась одна открытая потребность"},
		"other not open":      {"canonical: info", "canonical: other", "canonical: other", "needs[1].canonical", "other: true"},
		"impossible day":      {"date: 2025-09-01", "date: 2025-02-30", "2025-02-30", "act.date", "ожидалась дата из календаря"},
		"not a date":          {"date: 2025-09-01", "date: 1 сентября", "1 сентября", "act.date", "ожидалась дата вида 2026-02-16"},
		"a list, not a text":  {"word: Управление", "word: [Управление]", "word: [", "holder.word", "ожидалось слово"},
		"a text, not a list":  {"title: [Перечень точек взаимодействия]", "title: Перечень", "title: Перечень\n", "report.title", "ожидались строки названия"},
		"empty value":         {"word: Управление", "word:", "word:\n", "holder.word", "ожидалось слово"},
		"a number for a text": {"deadline_working_days: 10", "deadline_working_days: десять", "десять", "actualisation.deadline_working_days", "целое число рабочих дней"},
		"not a whole number":  {"deadline_working_days: 10", "deadline_working_days: 1.5", "1.5", "actualisation.deadline_working_days", "целое число рабочих дней"},
		"infinite width":      {"width: 25.5", "width: .inf", ".inf", "report.columns[4].width", "ожидалась ширина"},
		"an alias":            {"word: Управление", "word: &w Управление\n  city: *w", "city: *w", "holder.city", "а не ссылка YAML «*w»"},
		"a tag":               {"word: Управление", "word: !!binary 0KPQv9GA", "!!binary", "holder.word", "без тега YAML"},
		"broken quotes":       {"word: Управление", "word: 'Управление", "", "", "ожидался"},
		"colon in a text":     {"word: Управление", "word: Управление: образования", "word: Управление: образования", "", "с двоеточием возьмите в кавычки"},
		"tabulation":          {"  word: Управление", "\tword: Управление", "", "", "табуляции"},
		"two documents":       {"client:", "---\nclient:", "---", "", "один документ YAML"},
		"broken bytes":        {"word: Управление", "word: \xff", "word: \xff", "", "UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(string(raw), c.old, c.new, 1)
			if text == string(raw) {
				t.Fatalf("%q is not in the file", c.old)
			}
			_, err := Parse("procedures/x.yaml", []byte(text))
			var list Errors
			if !errors.As(err, &list) {
				t.Fatalf("got %v, want Errors", err)
			}
			var lines []string
			for line := range strings.Lines(text) {
				lines = append(lines, line)
			}
			i := slices.IndexFunc(list, func(e *Error) bool { return e.Field == c.field && strings.Contains(e.Expected, c.expected) })
			if i < 0 {
				t.Fatalf("got:\n%v\nwant field %q: %s", list, c.field, c.expected)
			}
			e := list[i]
			if e.File != "procedures/x.yaml" {
				t.Errorf("file %q", e.File)
			}
			if c.line != "" && (e.Line < 1 || e.Line > len(lines) || !strings.Contains(lines[e.Line-1], c.line)) {
				t.Errorf("line %d, want the one with %q: %v", e.Line, c.line, e)
			}
			if len(list) > 3 { // what refers to it may be wrong too
				t.Errorf("one thing is wrong, %d are told:\n%v", len(list), list)
			}
		})
	}
}

func TestErrorIsOneSentence(t *testing.T) {
	e := &Error{File: "procedures/x.yaml", Line: 41, Field: "needs[2].clause", Expected: "ожидался номер пункта, например «2.5»"}
	if got, want := e.Error(), "procedures/x.yaml, строка 41, поле needs[2].clause: ожидался номер пункта, например «2.5»"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	var first *Error
	if err := error(Errors{e}); !errors.As(err, &first) || first != e {
		t.Errorf("the first error is %v", first)
	}
}

func TestAllErrorsAtOnceByLine(t *testing.T) {
	_, err := Parse("x.yaml", []byte("id: X\ntitle: ' '\nact: {}\nholder: {name: А, surprise: 1}\nneeds: []\n"))
	var list Errors
	if !errors.As(err, &list) || len(list) < 8 {
		t.Fatalf("got %v", err)
	}
	if !slices.IsSortedFunc(list, func(a, b *Error) int { return a.Line - b.Line }) {
		t.Errorf("not by line:\n%v", list)
	}
}

func TestFilesThatAreNoProcedures(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"empty":      {nil, "файл пуст"},
		"comment":    {[]byte("# только заметка\n"), "файл пуст"},
		"text":       {[]byte("просто текст"), "ожидался порядок: поля id"},
		"list":       {[]byte("- a\n- b\n"), "ожидался порядок: поля id"},
		"null":       {[]byte("~\n"), "ожидался порядок: поля id"},
		"too long":   {bytes.Repeat([]byte("a"), maxBytes+1), "не больше 1024 КБ"},
		"too deep":   {[]byte("id: " + strings.Repeat("[", 500) + strings.Repeat("]", 500)), "слишком много вложенных значений"},
		"too many":   {[]byte("id: [" + strings.Repeat("1,", maxNodes) + "]"), "слишком много вложенных значений"},
		"alias bomb": {[]byte("a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nid: [*c,*c,*c]\n"), "а не ссылка YAML"},
		"zip":        {[]byte("PK\x03\x04\xff\xfe"), "UTF-8"},
	} {
		_, err := Parse(name, c.data)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	for _, name := range []string{"testdata/no-such.yaml", "testdata"} {
		if _, err := LoadFile(name); err == nil || !strings.Contains(err.Error(), "ожидался файл порядка") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := Load(procedures.FS, "no-such"); err == nil || !strings.Contains(err.Error(), komzan) {
		t.Errorf("got %v, want the ids there are", err)
	}
}

func TestIDsAreTheNamesOfFiles(t *testing.T) {
	if got, want := strings.Join(IDs(), " "), komzan+" "+minec; got != want {
		t.Errorf("IDs %q, want %q", got, want)
	}
	for _, id := range IDs() {
		if p := load(t, id); p.ID != id {
			t.Errorf("%s.yaml holds %q", id, p.ID)
		}
	}
}

// TestSchemaAndTypesAgree holds every field of the types to a property of the schema, both ways.
func TestSchemaAndTypesAgree(t *testing.T) {
	agree(t, "", schema().root, reflect.TypeFor[Procedure]())
}

func agree(t *testing.T, path string, n schemaNode, typ reflect.Type) {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if n.target() == nil {
		t.Errorf("%s: the schema says nothing", path)
		return
	}
	if d, _ := n.own["description"].(string); d == "" && path != "" {
		t.Errorf("%s: no description", path)
	}
	if n.expected() == (schemaNode{}).expected() {
		t.Errorf("%s: no x-expected", path)
	}
	switch typ.Kind() {
	case reflect.Slice:
		agree(t, path+"[]", n.items(), typ.Elem())
	case reflect.Struct:
		var names []string
		for i := range typ.NumField() {
			f := typ.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			if j, _, _ := strings.Cut(f.Tag.Get("json"), ","); j != name {
				t.Errorf("%s: %s is %q in YAML and %q in JSON", path, f.Name, name, j)
			}
			names = append(names, name)
			agree(t, join(path, name), n.property(name), f.Type)
		}
		slices.Sort(names)
		if got := n.fields(); !slices.Equal(got, names) {
			t.Errorf("%s: the schema has %v, the type %v", path, got, names)
		}
	case reflect.Int:
		if !n.is("integer") {
			t.Errorf("%s: want integer", path)
		}
	case reflect.Float64:
		if !n.is("number") {
			t.Errorf("%s: want number", path)
		}
	case reflect.Bool:
		if !n.is("boolean") {
			t.Errorf("%s: want boolean", path)
		}
	}
}

// TestSchemaKnowsTheCommonLists holds the schema's enumerations to the common data.
func TestSchemaKnowsTheCommonLists(t *testing.T) {
	var codes []any
	for _, n := range Canonical() {
		codes = append(codes, n.Code)
	}
	if got := schema().root.property("needs").items().property("canonical").own["enum"]; !reflect.DeepEqual(got, codes) {
		t.Errorf("canonical codes: schema %v, common %v", got, codes)
	}
	fields, _ := schema().root.property("report").property("columns").items().property("field").own["enum"].([]any)
	for _, f := range Fields() {
		if !slices.Contains(fields, any(f)) {
			t.Errorf("field %q is not in the schema", f)
		}
	}
	if len(fields) != len(Fields()) {
		t.Errorf("fields: schema %v, common %v", fields, Fields())
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("../../procedures/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range append(files, third) {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	for _, s := range []string{"", "a: *a", "a: &a [*a]", "? [x]\n: y", "<<: {id: x}", "id: !!int 7", "text:\n- number: 1\n", "--- \n---\n", "needs: [{clause: 2.10}]",
		"id: 0x_\n", "a: 2001-01-01\n", "\ufeffid: x", "id: \"\\ud800\"", "needs:\n- other: yes\n  other: no"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Parse("f.yaml", data)
		if err == nil {
			NewMatcher(p).Needs("получение информации")
			p.Form()
			return
		}
		var list Errors
		if !errors.As(err, &list) || len(list) == 0 {
			t.Fatalf("%T: %v", err, err)
		}
		breaks := len(strings.FieldsFunc("x"+strings.NewReplacer("\n", "\nx", "\r", "\nx", "\u0085", "\nx", "\u2028", "\nx", "\u2029", "\nx").Replace(string(data)),
			func(r rune) bool { return r == '\n' })) // all that YAML takes for the end of a line
		for _, e := range list {
			if e.Expected == "" || e.File != "f.yaml" || e.Line < 0 || e.Line > breaks+1 {
				t.Errorf("%+v", e)
			}
		}
	})
}
