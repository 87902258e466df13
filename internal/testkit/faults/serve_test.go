package faults

import (
	"bufio"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A server is a running «perechen serve».
type server struct {
	t   *testing.T
	cmd *exec.Cmd
	url string
}

// serve starts a server and waits for its address.
func (in installation) serve(flags ...string) *server {
	in.t.Helper()
	c := in.command(append([]string{"serve", "--addr", "127.0.0.1:0"}, flags...)...)
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		in.t.Fatal(err)
	}
	in.t.Cleanup(func() {
		if c.ProcessState == nil {
			_ = c.Process.Kill()
			_ = c.Wait()
		}
	})
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if i := strings.Index(lines.Text(), "http://"); i >= 0 {
			go io.Copy(io.Discard, out)
			return &server{in.t, c, lines.Text()[i:]}
		}
	}
	in.t.Fatal("the server printed no address")
	return nil
}

// get asks for a page; 0 is the status when there is no answer.
func (s *server) get(path string) (status int, size int) {
	res, err := http.Get(s.url + path)
	if err != nil {
		return 0, 0
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, len(b)
	}
	return res.StatusCode, len(b)
}

// TestTerminatedServerFinishesItsAnswers: SIGTERM in the middle of an answer. The balancer is told, what runs is finished,
// and the program ends with exit code 0.
func TestTerminatedServerFinishesItsAnswers(t *testing.T) {
	in := install(t, t.TempDir()+"/data")
	in.must("import", table(t, 3000, "8 (8672) 64-90-00"), "--accept", "--ground", "4.1")
	s := in.serve("--drain", "1s")
	if status, _ := s.get("readyz"); status != http.StatusOK {
		t.Fatalf("/readyz answers %d", status)
	}
	type answer struct{ status, size int }
	answers := make(chan answer, 1)
	go func() {
		status, size := s.get("komzan/report.pdf")
		answers <- answer{status, size}
	}()
	time.Sleep(30 * time.Millisecond) // the report of 3000 rows takes longer
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	told := false
	for deadline := time.Now().Add(900 * time.Millisecond); !told && time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		status, _ := s.get("readyz")
		told = status == http.StatusServiceUnavailable
	}
	if !told {
		t.Error("/readyz did not say that the server is leaving")
	}
	if a := <-answers; a.status != http.StatusOK || a.size < 10_000 {
		t.Errorf("the answer under way: status %d, %d bytes", a.status, a.size)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Error("the server ended with", err)
	}
	in.sound("after SIGTERM")
}
