package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"

	"perechen/internal/lang"
	"perechen/internal/office"
	"perechen/internal/proof"
	"perechen/internal/register"

	"github.com/spf13/cobra"
)

func (a *app) cmdVerify() *cobra.Command {
	var later, key string
	c := &cobra.Command{
		Use:   "verify [ФАЙЛ]",
		Short: "проверить журнал, выгрузку или выданный документ",
		Long: "Без файла перечитывает весь журнал и пересчитывает все отпечатки. С файлом проверяет без сети выгрузку журнала\n" +
			"(perechen export) или выданный документ (отчёт, перечень, лист изменений). Код выхода 3, если данные повреждены\nили проверить их нечем.",
		Example: "  perechen verify\n  perechen verify otchet.docx --key perechen.pub.txt\n  perechen verify --later otchet.docx",
		Args:    takes(0, 1, "файл"),
		RunE: func(c *cobra.Command, args []string) error {
			checkpoint := ""
			if later != "" {
				var err error
				if checkpoint, err = laterCheckpoint(c.Context(), later); err != nil {
					return err
				}
			}
			if len(args) == 0 {
				return a.verifyLog(c, checkpoint)
			}
			keys, err := a.trusted(key)
			if err != nil {
				return err
			}
			return a.verifyFile(c, args[0], keys, checkpoint)
		},
	}
	c.Flags().StringVar(&later, "later", "", "более поздний отпечаток того же журнала: файл с ним, выданный документ или выгрузка")
	c.Flags().StringVar(&key, "key", "", "файл открытого ключа органа (по умолчанию perechen.pub.txt из папки данных)")
	return c
}

// laterCheckpoint gives the signed checkpoint that a file holds: the file is its text, the short one of a code, an extract
// of the log, or a document with the code's text in it.
func laterCheckpoint(ctx context.Context, file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", refusef("файл отпечатка «%s» не читается: %s", file, cause(err))
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 64<<10)
	if head, _ := in.Peek(64); proof.IsExtract(head) {
		last := ""
		for {
			line, err := in.ReadString('\n')
			if text := strings.TrimSpace(line); text != "" {
				last = text
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				return "", refusef("файл отпечатка «%s» не читается: %s", file, cause(err))
			}
		}
		var end struct {
			Checkpoint string `json:"checkpoint"`
		}
		if json.Unmarshal([]byte(last), &end) != nil || end.Checkpoint == "" {
			return "", &failure{code: exitDamaged, text: fmt.Sprintf("в выгрузке «%s» нет подписанного отпечатка: она обрывается", file)}
		}
		return end.Checkpoint, nil
	}
	if head, _ := in.Peek(5); string(head) == "%PDF-" {
		info, err := f.Stat()
		if err != nil {
			return "", refusef("файл отпечатка «%s» не читается: %s", file, cause(err))
		}
		seal, _, err := office.ReadPDFSeal(f, info.Size())
		if err != nil {
			return "", refusef("в документе «%s» нет отпечатка журнала", file)
		}
		return seal, nil
	}
	if head, _ := in.Peek(4); string(head) != "PK\x03\x04" {
		b, err := io.ReadAll(io.LimitReader(in, office.SealSpace+1))
		if err != nil || len(b) > office.SealSpace {
			return "", refusef("в файле «%s» нет отпечатка: нужен его текст (строка perechen:1:…), выданный документ (.docx, .odt, .xlsx, .pdf) или выгрузка", file)
		}
		return string(b), nil
	}
	doc, err := office.ReadFile(ctx, file, office.DefaultLimits)
	if err != nil {
		return "", err
	}
	found := ""
	office.Words(doc, func(w string) {
		if strings.HasPrefix(w, proof.ShortPrefix) {
			found = w
		}
	})
	if found != "" {
		return found, nil
	}
	return "", refusef("в документе «%s» нет отпечатка журнала", file)
}

// verifyLog re-reads the logs of one body, or of all when none is chosen.
func (a *app) verifyLog(c *cobra.Command, later string) error {
	ctx := c.Context()
	l, done, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer done()
	slugs := []string{a.slug}
	if a.slug == "" { // not from Bodies: what a body says of itself may be what is damaged
		if slugs, err = l.Slugs(ctx); err != nil {
			return err
		}
	}
	if later != "" && len(slugs) > 1 {
		return usagef("--later — отпечаток одного журнала, укажите --body: %s", strings.Join(slugs, ", "))
	}
	if len(slugs) == 0 && !a.json {
		a.printf("Органов нет: проверять нечего.\n")
	}
	bar := a.newBar()
	verdicts, bad := []proof.Verdict{}, false
	x := l.NewVerification()
	for _, slug := range slugs {
		v, err := x.Verify(ctx, slug, later, func(done, total int64) { bar.step("Проверка "+slug, int(done), int(total)) })
		bar.clear()
		if err != nil {
			return err
		}
		verdicts = append(verdicts, v)
		bad = bad || !v.OK
		if !a.json {
			a.printf("%s: %s\n", slug, v.Text)
			if v.OK {
				a.printf("  перечитано %s, %s байт, отпечаток %s\n", lang.Count(int(v.Entries), "запись", "записи", "записей"), lang.Number(v.Bytes), v.Root)
			}
		}
	}
	if a.json {
		if err := a.printJSON(map[string]any{"ok": !bad, "bodies": verdicts}); err != nil {
			return err
		}
	}
	if bad {
		return &failure{code: exitDamaged}
	}
	return nil
}

const noKey = "Проверить нечем: укажите открытый ключ органа, --key perechen.pub.txt."

// A documentVerdict is what verify FILE says of a document.
type documentVerdict struct {
	OK       bool   `json:"ok"`
	Text     string `json:"text"`
	Body     string `json:"body,omitempty"`
	Document string `json:"document,omitempty"`
	Edition  int    `json:"edition,omitempty"`
	N        int64  `json:"n,omitempty"`
	Root     string `json:"root,omitempty"`
}

func (a *app) verifyFile(c *cobra.Command, file string, keys proof.Keys, later string) error {
	f, err := os.Open(file)
	if err != nil {
		return refusef("файл «%s» не читается: %s", file, cause(err))
	}
	defer f.Close()
	in := bufio.NewReader(f)
	if head, _ := in.Peek(64); proof.IsExtract(head) { // a log may be long: it is not held in memory
		v, err := proof.VerifyExtract(in, keys, later)
		if err != nil {
			return &failure{code: exitDamaged, text: err.Error(), err: err}
		}
		if v.OK && !v.Trusted { // consistent in itself, but anybody could have signed it
			v.OK, v.Text = false, noKey
		}
		return a.verdict(v, v.OK, v.Text)
	}
	b, err := io.ReadAll(io.LimitReader(in, office.DefaultLimits.File+1))
	if err != nil {
		return refusef("файл «%s» не читается: %s", file, cause(err))
	}
	v, err := a.verifyDocument(c, file, b, keys)
	if err != nil {
		return err
	}
	return a.verdict(v, v.OK, v.Text)
}

// verdict prints a verdict and turns a bad one into exit code 3.
func (a *app) verdict(v any, ok bool, text string) error {
	if a.json {
		if err := a.printJSON(v); err != nil {
			return err
		}
	} else {
		a.printf("%s\n", text)
	}
	if !ok {
		return &failure{code: exitDamaged}
	}
	return nil
}

// verifyDocument compares the seal of a document with its words (or bytes, for PDF).
func (a *app) verifyDocument(c *cobra.Command, file string, b []byte, keys proof.Keys) (documentVerdict, error) {
	var seal string
	var digest [32]byte
	if bytes.HasPrefix(b, []byte("%PDF-")) {
		var err error
		if seal, digest, err = office.ReadPDFSeal(bytes.NewReader(b), int64(len(b))); err != nil {
			return documentVerdict{Text: "В документе нет печати perechen, проверить его нельзя."}, nil
		}
	} else {
		doc, err := office.Read(c.Context(), file, bytes.NewReader(b), int64(len(b)), office.DefaultLimits)
		if err != nil {
			return documentVerdict{}, &failure{code: exitDamaged, text: err.Error(), err: err}
		}
		seal, digest = doc.Properties[office.SealProperty], office.TextDigest(doc)
	}
	if strings.TrimSpace(seal) == "" {
		return documentVerdict{Text: "В документе нет печати perechen, проверить его нельзя."}, nil
	}
	if len(keys) == 0 {
		return documentVerdict{Text: noKey}, nil
	}
	s, err := proof.ParseSeal(seal, keys)
	if err != nil {
		return documentVerdict{Text: err.Error()}, nil
	}
	v := documentVerdict{Body: s.Body, Document: s.Document, Edition: s.Edition, N: s.Checkpoint.Size, Root: s.Checkpoint.Root.String()}
	if s.Digest != digest {
		v.Text = "Содержание документа изменено после выпуска: оно не сходится с печатью."
		return v, nil
	}
	beside, err := office.Margin(c.Context(), file, bytes.NewReader(b), int64(len(b)), office.DefaultLimits)
	if err != nil {
		return documentVerdict{}, &failure{code: exitDamaged, text: err.Error(), err: err}
	}
	if strings.ContainsFunc(beside, unicode.IsLetter) {
		v.Text = "После выпуска в колонтитулы или сноски документа вписаны слова, печать их не подтверждает."
		return v, nil
	}
	v.OK = true
	v.Text = "Документ подлинный: орган " + s.Body + ", запись журнала № " + lang.Number(s.Checkpoint.Size) + " от " + lang.Date(string(register.DateOf(s.Checkpoint.Time))) + ", отпечаток " + v.Root + "."
	return v, nil
}
