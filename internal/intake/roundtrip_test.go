package intake

import (
	"bytes"
	"context"
	"testing"

	"perechen/internal/office"
	"perechen/internal/register"
	"perechen/internal/render"
	"perechen/internal/testkit"
)

// TestReportReadBackChangesNothing prints registers in every form that can be read, and reads the files back.
func TestReportReadBackChangesNothing(t *testing.T) {
	committee, clean := testkit.Committee(), testkit.Clean()
	for name, s := range map[string]testkit.Sample{"committee": committee, "clean": clean} {
		// A register under a procedure without a form of its own is printed in the common one.
		formless := *s.Procedure
		formless.Report = nil
		common := s
		common.Procedure = &formless
		for form, s := range map[string]testkit.Sample{"own": s, "common": common} {
			doc, err := render.Report(s.Register, s.Procedure, &register.Edition{Number: 1, Date: "2026-02-16", Act: register.Act{Kind: "приказ", Number: "9-р", Date: "2026-02-16"}},
				render.Stamp{N: 1, Root: "x", Time: s.Register.Time})
			if err != nil {
				t.Fatal(err)
			}
			for _, ext := range []string{"docx", "odt", "xlsx", "csv"} {
				var b bytes.Buffer
				if err := office.Write(&b, ext, doc); err != nil {
					t.Fatal(err)
				}
				file := "report." + ext
				read, err := office.Read(context.Background(), file, bytes.NewReader(b.Bytes()), int64(b.Len()), office.Limits{})
				if err != nil {
					t.Fatal(err)
				}
				d, err := Parse(read, file, s.Procedure)
				if err != nil {
					t.Fatalf("%s, %s form, %s: %v", name, form, ext, err)
				}
				if pl := d.Against(s.Register, s.Procedure, Options{}); len(pl.Changes) > 0 || len(d.Usages) != len(s.Register.Usages) {
					t.Errorf("%s, %s form, %s: %d usages, %v", name, form, ext, len(d.Usages), preview(pl))
				}
				if len(d.Skipped) > 0 && ext != "xlsx" { // a sheet has the foot of the page in the table's columns
					t.Errorf("%s, %s form, %s: left out %v", name, form, ext, d.Skipped)
				}
			}
		}
	}
}
