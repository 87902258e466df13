package office

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// officeTime is how long LibreOffice may take over one document.
const officeTime = 90 * time.Second

// convert has LibreOffice save an old document anew and reads that. LibreOffice gets a profile of its own in a temporary
// folder, so that one that is open on the screen is neither needed nor disturbed; nothing is left behind.
func (j *job) convert(r io.ReaderAt, size int64, old oldFormat) (*Doc, error) {
	soffice, err := findOffice()
	if err != nil {
		return nil, j.fail(NeedsOffice, err, "— %s: чтобы программа прочла его сама, установите LibreOffice; или откройте его в Word и сохраните как .%s.", old.title, old.to)
	}
	dir, err := os.MkdirTemp("", "perechen-")
	if err != nil {
		return nil, j.fail(Unreadable, err, "не прочитан: во временную папку нельзя писать.")
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "in"+old.ext)
	if err := copyTo(in, io.NewSectionReader(r, 0, size)); err != nil {
		return nil, j.fail(Unreadable, err, "не прочитан: во временную папку нельзя писать.")
	}
	ctx, cancel := context.WithTimeout(j.ctx, officeTime)
	defer cancel()
	out := filepath.Join(dir, "out")
	cmd := exec.CommandContext(ctx, soffice, "-env:UserInstallation="+fileURL(filepath.Join(dir, "profile")), "--headless", "--norestore",
		"--nolockcheck", "--convert-to", old.to, "--outdir", out, in)
	alone(cmd)
	said, err := cmd.CombinedOutput()
	if err := j.ctx.Err(); err != nil {
		return nil, j.damaged("", err)
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, j.fail(NeedsOffice, ctx.Err(), "— %s: LibreOffice не открыл его за %d секунд. Откройте его в Word и сохраните как .%s.", old.title, int(officeTime.Seconds()), old.to)
	}
	f, openErr := os.Open(filepath.Join(out, "in."+old.to))
	if openErr != nil {
		return nil, j.fail(Damaged, errors.Join(err, openErr, errors.New(string(said[:min(len(said), 1000)]))), "— %s: LibreOffice его не открыл. Откройте его в Word и сохраните как .%s.", old.title, old.to)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, j.unopened(err)
	}
	return j.read(f, info.Size())
}

func findOffice() (path string, err error) {
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err = exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", err
}

func copyTo(name string, r io.Reader) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}

func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if path != "" && path[0] != '/' {
		path = "/" + path
	}
	return "file://" + path
}
