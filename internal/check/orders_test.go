package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"perechen/internal/register"
	"perechen/internal/testkit"
)

// expected is what is known of a finding on a real order: its rule, severity, clause, number of places and some words.
type expected struct {
	rule     string
	severity register.Severity
	clause   string
	places   int
	says     string
}

// against compares findings with the whole list of those expected, so that nothing extra gets in.
func against(t *testing.T, findings []register.Finding, want []expected) {
	t.Helper()
	var got []expected
	for i, f := range findings {
		wellFormed(t, f)
		e := expected{f.Rule, f.Severity, f.Clause, len(f.Places), f.Text}
		if i < len(want) && strings.Contains(f.Text, want[i].says) {
			e.says = want[i].says
		}
		got = append(got, e)
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(expected{})); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestFindingsOnTheCommittee(t *testing.T) {
	findings := run(testkit.Committee())
	against(t, findings, []expected{
		{"R1", register.Unclear, "3.2", 1, "Дело-WEB"},
		{"R1", register.Unclear, "3.2", 1, "t.me/komzan15"},
		{"R1", register.Unclear, "3.2", 1, "vk.com/komzan15"},
		{"R1", register.Unclear, "3.2", 1, "www.pravo.gov.ru"},
		{"R1", register.Unclear, "3.3", 1, "64-90-23"},
		{"R2", register.Unclear, "3.3", 2, "Места приема документов"},
		{"R2", register.Unclear, "3.3", 2, "Место проведения конкурса"},
		{"R2", register.Unclear, "3.3", 3, "Места приема сотрудниками отдела"},
		{"R3", register.Unclear, "3.3", 2, "64-90-23"},
		{"R3", register.Violation, "3.2", 4, "в строках 3, 6 и 9 перечня названа офлайн-точкой"},
		{"R4", register.Unclear, "2.5", 3, "«получение клиентом документов»"},
		{"R5", register.Violation, "2.5", 1, "«предоставление обратной связи»"},
		{"R5", register.Violation, "2.5", 1, "«получение результата рассмотрения обратной связи»"},
		{"R6", register.Unclear, "2.6", 4, "«Телефон: 8 (8672) 64-90-22» считать цифровой точкой, как в пункте 3.2, замечание исчезнет"},
		{"R7", register.Violation, "3.4", 2, "личный прием граждан"},
		{"R8", register.Violation, "1.1", 4, "внешний клиент упомянут 4"},
		{"R9", register.Violation, "3.3", 3, "Суббота и воскресенье"},
		{"R13", register.Form, "2.5", 3, "«удостоверяемые потребности»"},
		{"R13", register.Form, "3.3", 3, "«09:00» и «9-00»"},
		{"R14", register.Form, "2.1", 1, "без номера и даты"},
		{"R16", register.Violation, "4.2", 1, "ни утвердивший, ни дата, ни номер"},
		{"R18", register.Unclear, "3.2", 1, "41-ФЗ"},
		{"R22", register.Unclear, "2.2", 1, "акта о назначении"},
	})

	// What hangs on what: the second process lacks a digital point only while the telephone counts as offline.
	for _, f := range findings {
		want := []string{}
		if f.Rule == "R6" {
			want = []string{only(t, findings, "R3", "64-90-22").ID}
		}
		if diff := cmp.Diff(want, f.DependsOn); diff != "" {
			t.Errorf("%s depends on (-want +got):\n%s", f.ID, diff)
		}
	}
}

func TestPlacesOnTheCommittee(t *testing.T) {
	findings := run(testkit.Committee())
	for _, c := range []struct {
		rule, says string
		want       []string
	}{
		{"R3", "64-90-22", []string{
			"пункт 3.2, третий абзац «телефон отдела организационной, кадровой работы и противодействия коррупции - 8 (8672) 64-90-22»",
			"строка 3 перечня: Телефон: 8 (8672) 64-90-22 «Взаимодействие в офлайн-точке»",
			"строка 6 перечня: Телефон: 8 (8672) 64-90-22 «Взаимодействие в офлайн-точке»",
			"строка 9 перечня: Телефон: 8 (8672) 64-90-22 «Взаимодействие в офлайн-точке»"}},
		{"R8", "внешний", []string{
			"пункт 1.1 «с внешним клиентом»",
			"пункт 2.5, первый абзац «потребности внешнего клиента»",
			"пункт 2.5, первый абзац «обращения внешнего клиента»",
			"пункт 2.5, восьмой абзац «потребности внешнего клиента»"}},
		{"R9", "", []string{
			"пункт 3.3, третий абзац «председателем Комитета (ежедневно с 09:00 до 18:00)»",
			"пункт 3.3, третий абзац «его заместителем (ежедневно с 09:00 до 18:00)»",
			"пункт 3.3, пятый абзац «График приема: понедельник - пятница с 9-00 до 18-00, перерыв с 13-00 до 14-00»"}},
	} {
		var got []string
		for _, p := range only(t, findings, c.rule, c.says).Places {
			got = append(got, fmt.Sprintf("%s «%s»", p.Text, p.Quote))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.rule, diff)
		}
	}
}

// TestQuotesAreVerbatim holds that every quote of a clause stands in the order letter for letter.
func TestQuotesAreVerbatim(t *testing.T) {
	for _, s := range []testkit.Sample{testkit.Committee(), testkit.Ministry()} {
		for _, f := range run(s) {
			for _, p := range f.Places {
				c, ok := s.Procedure.ClauseByNumber(p.Clause)
				if p.Clause == "" || p.Quote == "" {
					continue
				}
				if !ok || !strings.Contains(strings.Join(c.Paragraphs, "\n"), p.Quote) {
					t.Errorf("%s quotes what %s does not say: %q", f.ID, p.Text, p.Quote)
				}
			}
		}
	}
}

func TestFindingsOnTheMinistry(t *testing.T) {
	against(t, run(testkit.Ministry()), []expected{
		{"R10", register.Violation, "профили клиентского сегмента", 2, "«до 40 000» нет среди полос"},
		{"R10", register.Violation, "профили клиентского сегмента", 2, "«45 000- 60 000» нет среди полос словаря, это часть полосы «30 000 - 60 000»"},
		{"R10", register.Unclear, "профили клиентского сегмента", 2, "«Высшее» может значить"},
		{"R10", register.Unclear, "профили клиентского сегмента", 2, "«Высшее» может значить"},
		{"R10", register.Violation, "профили клиентского сегмента", 2, "«Социальные выплаты» нет в словаре; в конце стоит лишняя точка с запятой"},
		{"R10", register.Unclear, "профили клиентского сегмента", 2, "«Выслуга лет» может значить"},
		{"R10", register.Violation, "профили клиентского сегмента", 2, "«Возраст»"},
		{"R11", register.Unclear, "признаки сегментации", 1, "граничные значения 3 и 5"},
		{"R11", register.Unclear, "признаки сегментации", 1, "граничные значения 3 и 5"},
		{"R11", register.Unclear, "признаки сегментации", 1, "граничные значения 60\u00a0000 и 100\u00a0000"},
		{"R13", register.Form, "2.5", 3, "«удостоверяемые потребности»"},
		{"R13", register.Form, "2.6", 2, "«офлайн - точке»"},
		{"R13", register.Form, "признаки сегментации", 1, "Признак «Вид службы»: после последнего значения стоит точка с запятой"},
		{"R13", register.Form, "признаки сегментации", 1, "слово «наручном» похоже на опечатку: «нарочным»"},
		{"R13", register.Form, "признаки сегментации", 1, "Признак «Каналы связи на работе»: значения «Мессенджеры», «наручном» разделены запятой"},
		{"R17", register.Form, "признаки сегментации", 1, "Признаки для сегментации"},
		{"R17", register.Form, "профили клиентского сегмента", 1, "Профили клиентского сегмента"},
		{"R19", register.Violation, "признаки сегментации", 1, "Признак «Льготы»: ячейки сдвинуты на столбец влево"},
		{"R21", register.Unclear, "название порядка", 2, "«кадровая политика»"},
		{"R21", register.Unclear, "название порядка", 2, "«информационно-техническое обеспечение»"},
		{"R22", register.Unclear, "2.2", 1, "акта о назначении"},
	})
}

// TestOrderAlone holds that a body that has only adopted its order hears of the order, and not of a register it has not
// begun.
func TestOrderAlone(t *testing.T) {
	for _, s := range []testkit.Sample{testkit.Committee(), testkit.Ministry()} {
		s.Register = &register.Register{Organisation: s.Register.Organisation}
		for _, f := range run(s) {
			if slices.Contains([]string{"R1", "R2", "R4", "R5", "R6", "R7", "R10", "R11", "R15", "R16", "R19", "R21", "R23", "R24"}, f.Rule) {
				t.Errorf("%s: %s %s", s.Procedure.ID, f.Rule, f.Text)
			}
		}
	}
}

// only gives the one finding of a rule that says some words.
func only(t *testing.T, findings []register.Finding, rule, says string) register.Finding {
	t.Helper()
	var found []register.Finding
	for _, f := range findings {
		if f.Rule == rule && strings.Contains(f.Text, says) {
			found = append(found, f)
		}
	}
	if len(found) != 1 {
		t.Fatalf("got %d findings of %s about %q, want one", len(found), rule, says)
	}
	return found[0]
}
