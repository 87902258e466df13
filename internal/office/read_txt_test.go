package office

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// shown writes a document as lines: paragraphs as they are, tables as plain writes them, each after the number of its line.
func shown(d *Doc) (lines []string) {
	for _, s := range d.Sections {
		for _, b := range s.Blocks {
			switch b := b.(type) {
			case *Para:
				lines = append(lines, grouped(b.Line)+" "+b.Text())
			case *Table:
				lines = append(lines, "таблица")
				for i, r := range plain(b) {
					lines = append(lines, grouped(b.Rows[i].Line)+" "+r)
				}
			}
		}
	}
	return lines
}

func TestReadTXT(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a table between paragraphs", "Отчёт\r\n\r\n№\tТочка\r\n1.\tТелефон\r\nитог\r\n", []string{"1 Отчёт", "таблица", "3 №|Точка", "4 1.|Телефон", "5 итог"}},
		{"one blank line tears a row, two end the table", "а\tб\n1\t2\n\n\t3\n\n\nв\tг", []string{"таблица", "1 а|б", "2 1|2", "4 |3", "таблица", "7 в|г"}},
		{"a title across the table begins another", "Профиль\t\nВозраст\t25\n\nПрофиль 2\t\nВозраст\t30\n", []string{"таблица", "1 Профиль|", "2 Возраст|25", "таблица", "4 Профиль 2|", "5 Возраст|30"}},
		{"marks of bold and italic", "**ОТЧЁТ\nза год**\n<i>Регион</i>\t<B>да</B>\n", []string{"1 ОТЧЁТ", "2 за год", "таблица", "3 Регион|да"}},
		{"a drawn table", "| № | Точка |\n|---|:---:|\n| 1 | Сайт |\n\nконец", []string{"таблица", "1 №|Точка", "3 1|Сайт", "5 конец"}},
		{"a drawn table with borders", "+---+------+\n| № | Точка |\n+===+======+\n| 1 | Сайт |\n+---+------+\n", []string{"таблица", "2 №|Точка", "4 1|Сайт"}},
		{"lists and prose are no CSV", "2.5. Цели:\n- получение информации;\n- получение консультации;\n- иное;\nг. Владикавказ, пр. Мира, 25, каб. 3\n", []string{"1 2.5. Цели:", "2 - получение информации;", "3 - получение консультации;", "4 - иное;", "5 г. Владикавказ, пр. Мира, 25, каб. 3"}},
		{"a page break and a soft hyphen", "пере\u00adнос\f\n", []string{"1 перенос"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, shown(readBytes(t, "а.txt", []byte(c.text)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadCSV(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"semicolons, quotes, a line end in a field", "№;Точка;Потребность\n1;\"Сайт \"\"trud\"\"\";\"а\nб\"\n;;\n2;Телефон;в\n", []string{"таблица", "1 №|Точка|Потребность", "2 1|Сайт \"trud\"|а/б", "5 2|Телефон|в"}},
		{"commas", "№,Точка,Адрес\n1,Сайт,\"г. Владикавказ, пр. Мира, 25\"\n", []string{"таблица", "1 №|Точка|Адрес", "2 1|Сайт|г. Владикавказ, пр. Мира, 25"}},
		{"a line that names the separator", "sep=,\nа,б\nв,г\n", []string{"таблица", "2 а|б", "3 в|г"}},
		{"tabs with a line end in a field", "а\tб\tв\n\"г\nд\"\tе\t\n", []string{"таблица", "1 а|б|в", "2 г/д|е|"}},
		{"a title row above the headings, blank cells of a group", "Отчёт;;\n№;Точка;Класс\n1;Сайт;цифровая\n;Почта;цифровая\n", []string{"таблица", "1 Отчёт||", "2 №|Точка|Класс", "3 1|Сайт|цифровая", "4 |Почта|цифровая"}},
		{"a quote inside a field, rows of other lengths", "а;б;в;г\n1;система \"Дело-WEB\";3;4\n1;2\n;;7;8\n", []string{"таблица", "1 а|б|в|г", "2 1|система \"Дело-WEB\"|3|4", "3 1|2||", "4 ||7|8"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, name := range []string{"а.csv", "а.txt"} {
				d := readBytes(t, name, []byte(c.text))
				if diff := cmp.Diff(c.want, shown(d)); diff != "" || d.Format != "csv" {
					t.Errorf("%s: %s (-want +got):\n%s", name, d.Format, diff)
				}
			}
		})
	}
	if got := shown(readBytes(t, "один.csv", []byte("Точка\nСайт\n"))); len(got) != 2 {
		t.Errorf("one column: %q", got)
	}
}

// A clerk's text comes in any of these encodings; the words are the same.
func TestEncodingsOfText(t *testing.T) {
	const text = "Отчёт о формировании перечня точек взаимодействия\n№ п/п\tТочка взаимодействия\n1.\tЭлектронная почта: info@trud.alania.gov.ru\n"
	want := []string{"1 Отчёт о формировании перечня точек взаимодействия", "таблица", "2 № п/п|Точка взаимодействия", "3 1.|Электронная почта: info@trud.alania.gov.ru"}
	utf16 := func(e unicode.Endianness, bom unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(e, bom) }
	for name, e := range map[string]encoding.Encoding{
		"UTF-8": unicode.UTF8, "UTF-8 with a mark": unicode.UTF8BOM, "Windows-1251": charmap.Windows1251, "CP866": charmap.CodePage866,
		"UTF-16LE with a mark": utf16(unicode.LittleEndian, unicode.UseBOM), "UTF-16BE with a mark": utf16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16LE": utf16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16BE": utf16(unicode.BigEndian, unicode.IgnoreBOM),
	} {
		b, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(name, err)
		}
		if diff := cmp.Diff(want, shown(readBytes(t, "а.txt", []byte(b)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	koi, err := charmap.KOI8R.NewEncoder().String(strings.ReplaceAll(text, "№", "N"))
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(readBytes(t, "а.txt", []byte(koi))); got[0] != want[0] {
		t.Errorf("KOI8-R: %q", got)
	}
	broken := strings.Replace(text, "формировании", "форми\xD0ровании", 1)
	if got := shown(readBytes(t, "а.txt", []byte(broken))); got[0] != strings.Replace(want[0], "формировании", "форми\uFFFDровании", 1) {
		t.Errorf("UTF-8 with one broken letter: %q", got)
	}
}
