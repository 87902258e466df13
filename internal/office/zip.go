package office

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"
)

// archive is a zip whose parts are read under the limits of a job. Nothing of it is ever written to a disk, so names with
// «..» are only names.
type archive struct {
	j     *job
	parts map[string]*zip.File // by clean name in lower case; nil for a name that occurs twice
}

// directoryRoom is how many bytes of a zip's directory are read per permitted entry.
const directoryRoom = 512

var errDirectory = errors.New("directory of the archive is too long")

// rationed gives out at most left bytes: zip.NewReader believes any number of directory entries.
type rationed struct {
	io.ReaderAt
	left int64
	on   bool
}

func (r *rationed) ReadAt(p []byte, off int64) (int, error) {
	if r.on {
		if r.left -= int64(len(p)); r.left < 0 {
			return 0, errDirectory
		}
	}
	return r.ReaderAt.ReadAt(p, off)
}

func openArchive(j *job, r io.ReaderAt, size int64) (*archive, error) {
	ra := &rationed{r, int64(j.lim.Entries)*directoryRoom + 256<<10, true}
	z, err := zip.NewReader(ra, size)
	ra.on = false
	if errors.Is(err, errDirectory) || err == nil && len(z.File) > j.lim.Entries {
		return nil, j.fail(TooBig, err, "не прочитан: в архиве больше %s частей, столько не бывает в документе.", grouped(j.lim.Entries))
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, j.fail(Damaged, err, "повреждён: архив, в котором хранится документ, обрывается или испорчен. Возьмите исходный файл или скачайте его заново.")
	}
	a := &archive{j, make(map[string]*zip.File, len(z.File))}
	var packed, declared uint64
	for _, f := range z.File {
		name := clean(f.Name)
		if _, twice := a.parts[name]; twice {
			f = nil
		}
		a.parts[name] = f
		if f != nil && f.UncompressedSize64 < 1<<50 && f.CompressedSize64 < 1<<50 {
			packed += f.CompressedSize64
			declared += f.UncompressedSize64
		}
	}
	if declared > uint64(j.lim.Inflated) && declared/(packed+1) > uint64(j.lim.Ratio) {
		return nil, a.bomb()
	}
	return a, nil
}

func (a *archive) bomb() error {
	return a.j.fail(TooBig, nil, "похож на zip-бомбу: распакованный, он во много раз больше самого себя. Такой файл не читается.")
}

// clean makes one spelling of a part's name: some programs write back slashes, a leading slash or other letter case.
func clean(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

func (a *archive) has(name string) bool {
	_, ok := a.parts[clean(name)]
	return ok
}

// open begins a part. An absent one is Damaged: ask has first where absence is legal.
func (a *archive) open(name string) (*part, error) {
	f, ok := a.parts[clean(name)]
	switch {
	case !ok:
		return nil, a.j.fail(Damaged, nil, "повреждён: в нём нет части %s. Возьмите исходный файл или пересохраните его в Word или LibreOffice.", name)
	case f == nil:
		return nil, a.j.fail(Damaged, nil, "повреждён: часть %s лежит в нём дважды. Пересохраните его в Word или LibreOffice.", name)
	case f.Flags&1 != 0:
		return nil, a.j.locked()
	}
	r, err := f.Open()
	if err != nil {
		return nil, a.j.damaged(name, err)
	}
	return &part{a: a, name: name, r: r, packed: max(int64(f.CompressedSize64), 1)}, nil
}

func (j *job) locked() error {
	return j.fail(Encrypted, nil, "защищён паролем: откройте его, снимите пароль и сохраните заново.")
}

// part is one file of an archive being unpacked; its errors are of type *Error.
type part struct {
	a              *archive
	name           string
	r              io.ReadCloser
	packed, unpack int64
}

func (p *part) Read(b []byte) (int, error) {
	if err := p.a.j.ctx.Err(); err != nil {
		return 0, p.a.j.damaged(p.name, err)
	}
	n, err := p.r.Read(b)
	p.unpack += int64(n)
	if p.a.j.inflated += int64(n); p.a.j.inflated > p.a.j.lim.Inflated {
		return 0, p.a.j.fail(TooBig, nil, "слишком велик: распакованный, он занимает больше %s.", megabytes(p.a.j.lim.Inflated))
	}
	if p.unpack > RatioFloor && p.unpack/p.packed > p.a.j.lim.Ratio {
		return 0, p.a.bomb()
	}
	if err != nil && err != io.EOF {
		err = p.a.j.damaged(p.name, err)
	}
	return n, err
}

// xml calls read with the tokens of a part and then passes over the rest of it, so that its checksum is looked at.
func (a *archive) xml(name string, read func(x *tokens) error) error {
	p, err := a.open(name)
	if err != nil {
		return err
	}
	defer p.r.Close()
	x := newTokens(p, a.j.lim.Depth)
	if err := read(x); err != nil {
		return a.j.damaged(name, err)
	}
	for x.next() != tokEOF {
	}
	return a.j.damaged(name, x.err)
}
