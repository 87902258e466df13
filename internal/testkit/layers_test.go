package testkit

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says which packages of ours each package may import, and why no more. Tests may import testkit and what they test with.
var layers = map[string]struct {
	may []string
	why string
}{
	"internal/register":  {nil, "the nouns are read first and depend on nothing"},
	"internal/lang":      {nil, "words and dates know nothing of registers"},
	"internal/office":    {nil, "a document reader that knew the register would guess instead of reading"},
	"internal/drawing":   {[]string{"internal/office"}, "a picture is made of lines and words; the writer of PDF and the fonts are all that it takes from us"},
	"internal/workday":   {nil, "hours and calendars are facts of the country, not of a register"},
	"procedures":         {nil, "data only"},
	"internal/procedure": {[]string{"internal/register", "internal/lang", "procedures"}, "an order is described in the register's nouns"},
	"internal/segment":   {[]string{"internal/register", "internal/procedure", "internal/lang"}, "what a dictionary's words mean is computed from the words alone"},
	"internal/proof":     {[]string{"internal/register"}, "a proof must be checkable without anything else of ours"},
	"internal/check":     {[]string{"internal/segment", "internal/register", "internal/procedure", "internal/workday", "internal/lang"}, "rules are pure: the same register gives the same findings"},
	"internal/intake":    {[]string{"internal/segment", "internal/register", "internal/procedure", "internal/office", "internal/workday", "internal/lang"}, "reading a document must not be able to write to the register"},
	"internal/render":    {[]string{"internal/journey", "internal/segment", "internal/feedback", "internal/register", "internal/procedure", "internal/office", "internal/lang"}, "a document shows a state that it is given; it does not look for another"},
	"internal/journey":   {[]string{"internal/register", "internal/procedure", "internal/lang", "internal/drawing", "procedures"}, "a map is drawn from a state that it is given, the same for a page, a file and the terminal"},
	"internal/picture":   {[]string{"internal/register", "internal/procedure", "internal/upkeep", "internal/drawing", "internal/office", "internal/lang"}, "a picture shows a state that it is given; where its links lead is said by who shows it"},
	"internal/search":    {[]string{"internal/register", "internal/lang"}, "answers are computed from a state, the same over every database"},
	"internal/ledger":    {[]string{"internal/register", "internal/procedure", "internal/proof", "internal/lang"}, "the only door must not depend on who knocks or on where things lie"},
	"internal/rights":    {[]string{"internal/register"}, "rights follow from appointments and from nothing else"},
	"internal/feedback":  {[]string{"internal/workday", "internal/lang"}, "what clients say is judged without knowing who works in the body, or where it is kept"},
	"internal/auth":      {nil, "who is there is known without knowing what a register is"},
	"internal/upkeep":    {[]string{"internal/pointhealth", "internal/segment", "internal/feedback", "internal/register", "internal/procedure", "internal/check", "internal/ledger", "internal/rights", "internal/intake", "internal/render", "internal/office", "internal/workday", "internal/lang"}, "people's work is judged by the log and the rules; where it is kept and how it looks is others' business"},
	"internal/outgoing":  {nil, "whoever follows a stranger's address must know nothing worth having"},
	"internal/mail":      {[]string{"internal/upkeep", "internal/lang"}, "a letter is written from notices; how it travels is nobody else's business"},
	"internal/jobs":      {nil, "when something is done, and by which node, does not depend on what it is"},
	"internal/store":     {[]string{"internal/pointhealth", "internal/feedback", "internal/register", "internal/procedure", "internal/proof", "internal/ledger", "internal/auth", "internal/upkeep", "internal/jobs", "internal/lang"}, "only the store touches SQL, and it serves the ledger, the desk, the accounts and the jobs"},
	"internal/backup":    {[]string{"internal/proof", "internal/ledger", "internal/store", "internal/lang"}, "a backup is restored by a machine that has nothing else"},
	"internal/httpx":     {[]string{"internal/lang"}, "middleware serves pages and API alike"},
	"internal/web":       {[]string{"internal/pointhealth", "internal/picture", "internal/journey", "internal/drawing", "internal/segment", "internal/feedback", "internal/search", "internal/jobs", "internal/register", "internal/procedure", "internal/check", "internal/ledger", "internal/upkeep", "internal/render", "internal/lang", "internal/httpx", "internal/workday", "internal/rights", "internal/auth", "internal/office", "internal/intake"}, "pages see the register through the ledger and the desk, never the store"},
	"internal/cli":       everything("wires everything"),
	"internal/testkit":   everything("serves tests of every package"),
	"cmd/perechen":       {[]string{"internal/cli"}, "main hands its arguments on and nothing else"},

	"internal/pointhealth": {[]string{"internal/register", "internal/outgoing"}, "what an answer means is judged without knowing where it is kept"},
}

func everything(why string) struct {
	may []string
	why string
} {
	return struct {
		may []string
		why string
	}{[]string{"*"}, why}
}

func TestImportsRunOneWay(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && strings.HasPrefix(d.Name(), ".") && path != root {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		rel, _ := filepath.Rel(root, filepath.Dir(path))
		pkg := layerOf(filepath.ToSlash(rel))
		seen[pkg] = true
		rule, ok := layers[pkg]
		if !ok {
			t.Errorf("%s: package %s has no place in the layers; give it one with a reason", path, pkg)
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, s := range f.Imports {
			name, _ := strconv.Unquote(s.Path.Value)
			ours, ok := strings.CutPrefix(name, "perechen/")
			if to := layerOf(ours); ok && to != pkg && !slices.Contains(rule.may, to) && !slices.Contains(rule.may, "*") {
				t.Errorf("%s imports %s, but %s", path, ours, rule.why)
			}
			if name == "database/sql" && pkg != "internal/store" && pkg != "internal/testkit" {
				t.Errorf("%s imports database/sql, but only internal/store touches SQL", path)
			}
			if name == "html/template" && pkg != "internal/web" {
				t.Errorf("%s imports html/template, but only internal/web touches templates", path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range layers {
		if !seen[pkg] {
			t.Errorf("the layers name %s, which does not exist", pkg)
		}
	}
}

// layerOf finds the layer of a package: its own, or that of the nearest folder above it that has one.
func layerOf(pkg string) string {
	for p := pkg; p != "." && p != ""; p = filepath.ToSlash(filepath.Dir(p)) {
		if _, ok := layers[p]; ok {
			return p
		}
	}
	return pkg
}
