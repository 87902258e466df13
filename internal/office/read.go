package office

// Limits bound what a reader takes. The zero value of a field means its default (DefaultLimits).
type Limits struct {
	File     int64 // bytes of the file itself
	Inflated int64 // bytes of all parts that are read, unpacked
	Ratio    int64 // greatest inflation of one part, looked at only above RatioFloor
	Held     int64 // bytes that the document read may take in memory, estimated
	Entries  int   // files in the archive
	Rows     int   // rows of one sheet or table
	Columns  int
	Cell     int // bytes of one cell or paragraph
	Depth    int // nesting of XML elements
}

// RatioFloor is the unpacked size below which inflation is not looked at: honest styles compress 100:1, and a long table
// of one and the same words 180:1 (measured); nothing that deflate packs goes beyond 1032:1.
const RatioFloor = 8 << 20

// DefaultLimits are the documented limits (docs/format.md).
var DefaultLimits = Limits{
	File:     64 << 20,
	Inflated: 512 << 20,
	Ratio:    400,
	Held:     160 << 20,
	Entries:  4096,
	Rows:     200_000,
	Columns:  256,
	Cell:     256 << 10,
	Depth:    256,
}
