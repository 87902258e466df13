package render_test

import (
	"bytes"
	"image"
	_ "image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/testkit"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
)

var wallSite = render.Site{Base: "https://perechen.example.ru", Body: "komzan"}

// sheets are the pages of a file of sheets as poppler sees them: the words, and what the codes hold.
func sheets(t *testing.T, pdf []byte, paper office.Paper) (texts []string, codes [][]string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "wall.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if keep := os.Getenv("PERECHEN_LOOK"); keep != "" {
		name := strings.NewReplacer("/", "-", " ", "-").Replace(t.Name()) + "-" + string(paper) + ".pdf"
		if err := os.WriteFile(filepath.Join(keep, name), pdf, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command("pdftotext", "-layout", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (apt-get install poppler-utils): %v", err)
	}
	texts = strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
	if out, err := exec.Command("pdftoppm", "-r", "110", "-gray", "-png", file, filepath.Join(dir, "page")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v: %s", err, out)
	}
	pages, _ := filepath.Glob(filepath.Join(dir, "page*.png"))
	slices.Sort(pages)
	for _, name := range pages {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		img, _, err := image.Decode(f)
		_ = f.Close()
		if err != nil {
			t.Fatal(err)
		}
		codes = append(codes, codesOf(t, img))
	}
	return texts, codes
}

// codesOf reads all QR codes of a picture, sorted.
func codesOf(t *testing.T, img image.Image) []string {
	t.Helper()
	all := img.Bounds()
	foot := image.Rect(all.Min.X, all.Min.Y+all.Dy()*3/4, all.Max.X, all.Max.Y) // where the codes stand
	m, err := gozxing.NewBinaryBitmapFromImage(img.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(foot))
	if err != nil {
		t.Fatal(err)
	}
	found, err := qrcode.NewQRCodeMultiReader().DecodeMultiple(m, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		return nil // none is there
	}
	var texts []string
	for _, r := range found {
		texts = append(texts, r.GetText())
	}
	slices.Sort(texts)
	return texts
}

func write(t *testing.T, w *render.Wall, paper office.Paper, all []render.Sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := w.Write(&b, paper, all, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSheetsOfTheCommitteeSayWhereToGoAndTheirCodesLeadThere(t *testing.T) {
	s := testkit.Committee()
	room := &s.Register.Touchpoints[5]
	room.Hours = "понедельник – пятница с 9:00 до 18:00; перерыв с 13:00 до 13:45"
	room.Place = "г. Владикавказ, ул. Бутырина, 29, 3 этаж, кабинет 305"
	room.Department = s.Procedure.Departments[0].Key
	s.Register.Departments = []register.Department{{Key: room.Department, Title: s.Procedure.Departments[0].Title}}
	for _, paper := range office.Papers {
		w := render.NewWall(s.Register, s.Procedure, wallSite, &register.Edition{Number: 2, Date: "2026-02-16"}, s.On)
		all := append(w.Sheets(render.DoorSheets), w.Sheets(render.Posters)...)
		if len(all) != 9 {
			t.Fatalf("%d sheets, want one for each of 6 points and 3 processes", len(all))
		}
		if paper == office.PaperA5 {
			all = []render.Sheet{all[5], all[8]}
		}
		texts, codes := sheets(t, write(t, w, paper, all), paper)
		if len(texts) != len(all) || len(codes) != len(all) {
			t.Fatalf("%s: %d pages, want %d", paper, len(texts), len(all))
		}
		for i, x := range all {
			page := wallSite.Point(x.Key)
			if x.Kind == render.Posters {
				page = wallSite.Process(x.Key)
			}
			want := []string{page, wallSite.Feedback(x.Key)}
			slices.Sort(want)
			if !slices.Equal(codes[i], want) {
				t.Errorf("%s, %s: the codes hold %q, want %q", paper, x.Key, codes[i], want)
			}
			flat := strings.Join(strings.Fields(texts[i]), "")
			if words := "Редакция№2от16.02.2026"; !strings.Contains(flat, words) {
				t.Errorf("%s, %s: the page does not say %q:\n%s", paper, x.Key, words, texts[i])
			}
		}
		door := strings.Join(strings.Fields(texts[slices.Index(all, render.Sheet{Kind: render.DoorSheets, Key: "room"})]), " ")
		for _, words := range []string{"Понедельник – пятница", "Перерыв с 13:00 до 13:45", "кабинет 305", "info@trud.alania.gov.ru"} {
			if !strings.Contains(door, words) {
				t.Errorf("%s: the door sheet does not say %q:\n%s", paper, words, door)
			}
		}
	}
}

func TestASheetWithoutAnAddressOfThePagesHasNoCodes(t *testing.T) {
	s := testkit.Committee()
	w := render.NewWall(s.Register, s.Procedure, render.Site{Body: "komzan"}, nil, s.On)
	texts, codes := sheets(t, write(t, w, office.PaperA4, w.Sheets(render.DoorSheets)[:1]), office.PaperA4)
	if codes[0] != nil || strings.Contains(texts[0], "http://") {
		t.Errorf("codes %q, text %s", codes[0], texts[0])
	}
	if !strings.Contains(texts[0], "По состоянию на 21.11.2026") {
		t.Errorf("the foot does not say the day:\n%s", texts[0])
	}
}

func TestSheetsHoldTextsOfAnyLength(t *testing.T) {
	s := testkit.Committee()
	long := strings.Repeat("Управление организационно-методического обеспечения и противодействия коррупции ", 30)
	point := &s.Register.Touchpoints[5]
	point.Label, point.Value, point.Place = long, strings.Repeat("8 (8672) 64-90-22, ", 40), long
	point.Hours = strings.Repeat("понедельник с 9:00 до 18:00; ", 40)
	for i := range 60 {
		key := "extra" + strconv.Itoa(i)
		s.Register.Processes = append(s.Register.Processes, register.Process{Key: key, Title: long, Position: 10 + i})
		s.Register.Usages = append(s.Register.Usages, register.Usage{Key: key, Process: key, Touchpoint: "room", Client: "internal", Position: 20 + i,
			Needs: []register.NeedRef{{Code: "other", Text: long + strconv.Itoa(i)}}})
	}
	s.Register.Processes[0].Title = strings.Repeat("Щ", 400)
	for _, paper := range office.Papers {
		w := render.NewWall(s.Register, s.Procedure, wallSite, nil, s.On)
		all := []render.Sheet{{Kind: render.DoorSheets, Key: "room"}, {Kind: render.Posters, Key: "p1"}, {Kind: render.Posters, Key: "p2"}}
		texts, codes := sheets(t, write(t, w, paper, all), paper)
		if len(texts) != 3 {
			t.Fatalf("%d pages, want one for each sheet", len(texts))
		}
		for i := range all {
			if len(codes[i]) != 2 {
				t.Errorf("%s, sheet %d: %d codes can be read, want 2: something lies over them", paper, i, len(codes[i]))
			}
		}
		if !strings.Contains(texts[0], "…") {
			t.Errorf("nothing tells that the text was cut:\n%s", texts[0])
		}
	}
}

func TestSheetsLeaveOutWhatIsNotInForce(t *testing.T) {
	s := testkit.Committee()
	s.Register.Touchpoints[0].To = "2026-11-20"
	s.Register.Usages[9].To = "2026-11-20"
	s.Register.Processes[1].From = "2027-01-01"
	w := render.NewWall(s.Register, s.Procedure, wallSite, nil, s.On)
	if n := len(w.Sheets(render.DoorSheets)); n != 5 {
		t.Errorf("%d door sheets, want 5", n)
	}
	if n := len(w.Sheets(render.Posters)); n != 2 {
		t.Errorf("%d posters, want 2", n)
	}
	texts, _ := sheets(t, write(t, w, office.PaperA4, append(w.Sheets(render.Posters), render.Sheet{Kind: render.DoorSheets, Key: "site"})), office.PaperA4)
	if len(texts) != 2 || strings.Contains(texts[0], "https://trud.alania.gov.ru/") || strings.Contains(texts[1], "Места приема сотрудниками") {
		t.Errorf("a sheet shows what is not in force:\n%s", strings.Join(texts, "\n----\n"))
	}
}

func TestTheAddressOfThePagesIsReadAsPeopleWriteIt(t *testing.T) {
	for in, want := range map[string]string{"": "", " https://perechen.example.ru/ ": "https://perechen.example.ru", "http://10.0.0.5:8080": "http://10.0.0.5:8080", "https://example.ru/perechen/": "https://example.ru/perechen"} {
		if got, err := render.ParseBase(in); err != nil || got != want {
			t.Errorf("ParseBase(%q) = %q, %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"perechen.example.ru", "ftp://example.ru", "https://", "https://u:p@example.ru", "https://example.ru/?x=1", "https://example.ru/#a", "https://exa mple.ru"} {
		if got, err := render.ParseBase(in); err == nil {
			t.Errorf("ParseBase(%q) = %q, want an error", in, got)
		}
	}
}
