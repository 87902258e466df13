package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"perechen/internal/ledger"
	"perechen/internal/proof"
	"perechen/internal/register"
	"perechen/internal/testkit/pgtest"
	"perechen/internal/upkeep"
)

// When this is set, the test binary is the child of TestCrash and appends to the database it names until it is killed.
const crashEnv = "PERECHEN_TEST_CRASH"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashEnv); path != "" {
		if err := appendForever(path, os.Getenv(crashEnv+"_KEY")); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	if address := os.Getenv(nodeEnv); address != "" {
		if err := runNode(address, os.Getenv(nodeEnv+"_KEY"), os.Getenv(nodeEnv+"_NAME")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(pgtest.Main(m))
}

// A press prints an edition's documents: noise that no database packs.
type press struct{}

func (press) Print(context.Context, string, register.Edition) ([]upkeep.File, error) {
	var files []upkeep.File
	for _, format := range []string{"docx", "odt", "xlsx", "pdf"} {
		b := make([]byte, 20000+rand.IntN(200000))
		for i := range b {
			b[i] = byte(rand.Uint32())
		}
		files = append(files, upkeep.File{Document: register.Document{Name: "otchet." + format, Format: format}, Content: b})
	}
	return files, nil
}

// appendForever prints the head after each append that was acknowledged. Batches of all sizes take turns with erasures and
// with editions that are issued with their files.
func appendForever(path, key string) error {
	ctx := context.Background()
	k, err := proof.ParseKey(key)
	if err != nil {
		return err
	}
	s, err := OpenFile(ctx, path)
	if err != nil {
		return err
	}
	l := ledger.New(s, k, time.Now)
	desk := upkeep.New(s.Upkeep(), l, nil, time.Now)
	desk.Prints(press{})
	h, err := l.Head(ctx, slug)
	if err != nil {
		return err
	}
	for n := h.N; ; {
		size := []int{1, 1, 2, 5, 30, 300, 1500}[rand.IntN(7)]
		var cs []register.Change
		for i := range size {
			p := point(int(n) + i)
			cs = append(cs, include(register.KindTouchpoint, p.Key, p))
		}
		r, err := l.Append(ctx, slug, ledger.Batch{Changes: cs, Ground: ground, Actor: "cli", Head: n})
		if err != nil {
			return err
		}
		n = r.To
		fmt.Println(n)
		if size == 2 {
			if _, err := desk.IssueEdition(ctx, upkeep.Local, slug, register.Edition{Date: register.DateOf(time.Now()), Act: register.Act{Kind: "приказ", Number: "1"}}); err != nil {
				return err
			}
			n++
			fmt.Println(n)
		}
		if size == 5 {
			if err := l.Erase(ctx, slug, n, ground, "cli"); err != nil {
				return err
			}
			n++
			fmt.Println(n)
		}
	}
}

// TestCrash kills a writing process twenty times in the middle of its work. Each time the log must be whole, its numbers
// dense, and everything that was acknowledged there.
func TestCrash(t *testing.T) {
	in := install(t)
	if err := in.store.Close(); err != nil {
		t.Fatal(err)
	}
	for round := range 20 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), crashEnv+"="+in.path, crashEnv+"_KEY="+in.key.Private())
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		acknowledged := make(chan int64)
		go func() {
			var last int64
			lines := bufio.NewScanner(out)
			for lines.Scan() {
				if n, err := strconv.ParseInt(lines.Text(), 10, 64); err == nil {
					last = n
				}
			}
			acknowledged <- last
		}()
		time.Sleep(time.Duration(20+rand.IntN(180)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		last := <-acknowledged
		if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != -1 {
			t.Fatalf("round %d: the child ended by itself: %v", round, cmd.ProcessState)
		}
		in.open()
		h, err := in.Head(context.Background(), slug)
		if err != nil {
			t.Fatal(err)
		}
		if h.N < last {
			t.Errorf("round %d: entry %d was acknowledged, but the head is %d", round, last, h.N)
		}
		if v := in.verify(""); !v.OK || v.Entries != h.N {
			t.Errorf("round %d: %+v", round, v)
		}
		if err := in.store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	in.open()
}
