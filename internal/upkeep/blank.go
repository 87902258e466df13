package upkeep

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"perechen/internal/ledger"
	"perechen/internal/office"
	"perechen/internal/register"
)

// A BlankDraft is what the page of a form brings: the form as it is to be, and the file that becomes its current version.
type BlankDraft struct {
	Key        string // empty: a new form
	Base       string // Subject.Base of the form that the page was filled from
	Title      string
	Processes  []string
	Name       string // of the file, as the person called it
	File       []byte // nil: the versions stay as they are
	Note       string // about the new version
	Exclude    bool   // the form is to be taken out
	Department string // for which the actor proposes; see Draft
}

const (
	maxBlankTitle    = 300
	maxBlankVersions = 50
)

// ProposeBlank puts a form, or a new version of its file, into a proposal and submits it: what is handed out is content of the
// register, so a second person includes it. The file is kept with the proposal. CodeInvalid with Fields «title», «file», «note»,
// «processes».
func (d *Desk) ProposeBlank(ctx context.Context, actor Actor, slug string, in BlankDraft) (*Proposal, error) {
	r, err := d.ledger.State(ctx, slug, 0)
	if err != nil {
		return nil, wrap(err, "upkeep: propose a form of %s", slug)
	}
	b, change, err := in.blank(r)
	if err != nil {
		return nil, err
	}
	var files map[string][]byte
	if in.File != nil && !in.Exclude {
		format, err := office.Blank(ctx, in.Name, in.File)
		if err != nil {
			return nil, &Error{Code: CodeInvalid, Text: err.Error(), Fields: []FieldError{{Field: "file", Text: err.Error()}}}
		}
		f := register.BlankFile{Name: office.BlankName(in.Name, format), Format: format, SHA256: ledger.FileSum(in.File), Size: int64(len(in.File)), Date: register.DateOf(d.now()), Note: line(in.Note)}
		if slices.ContainsFunc(b.Versions, func(x register.BlankFile) bool { return x.SHA256 == f.SHA256 }) {
			text := "Точно такой файл у этого бланка уже есть."
			return nil, &Error{Code: CodeInvalid, Text: text, Fields: []FieldError{{Field: "file", Text: text}}}
		}
		b.Versions = append([]register.BlankFile{f}, b.Versions...)
		files = map[string][]byte{f.SHA256: in.File}
	}
	if change.Op != register.Exclude {
		if len(b.Versions) == 0 || len(b.Versions) > maxBlankVersions {
			text := "Выберите файл бланка."
			if len(b.Versions) > 0 {
				text = fmt.Sprintf("У бланка не бывает больше %d версий: заведите новый.", maxBlankVersions)
			}
			return nil, &Error{Code: CodeInvalid, Text: text, Fields: []FieldError{{Field: "file", Text: text}}}
		}
		change.Content = register.Encode(b)
	}
	dr := Draft{ID: NewID(), Department: in.Department, files: files, Content: Content{Changes: []ProposedChange{change},
		Ground: register.Ground{Text: "бланк «" + clip(b.Title, 300) + "»"}}}
	p, err := d.Save(ctx, actor, slug, dr)
	if err != nil {
		return nil, err
	}
	return d.Submit(ctx, actor, slug, p.ID, p.Version)
}

// blank is the form as it is to be, without the new file, and its change without content.
func (in *BlankDraft) blank(r *register.Register) (register.Blank, ProposedChange, error) {
	b := register.Blank{}
	change := ProposedChange{Change: register.Change{Op: register.Include, Kind: register.KindForm}, Base: in.Base}
	if in.Key != "" {
		i := slices.IndexFunc(r.Forms, func(x register.Blank) bool { return x.Key == in.Key })
		if i < 0 {
			return b, change, notFound("Такого бланка нет.")
		}
		b = r.Forms[i]
		change.Op = register.Amend
	} else {
		b.Key = "f" + NewID()[1:11]
		for _, x := range r.Forms {
			b.Position = max(b.Position, x.Position)
		}
		b.Position++
	}
	change.Key = b.Key
	if in.Exclude {
		change.Op = register.Exclude
		return b, change, nil
	}
	var fs fieldErrors
	b.Title, b.Processes = line(in.Title), nil
	switch n := utf8.RuneCountInString(b.Title); {
	case n == 0:
		fs.add("title", "Назовите бланк: «Заявление об увольнении».")
	case n > maxBlankTitle:
		fs.add("title", fmt.Sprintf("Не больше %d знаков.", maxBlankTitle))
	case slices.ContainsFunc(r.Forms, func(x register.Blank) bool {
		return x.Key != b.Key && register.BlankTitle(x.Title) == register.BlankTitle(b.Title)
	}):
		fs.add("title", "Бланк с таким названием уже есть: добавьте к нему новую версию.")
	}
	if utf8.RuneCountInString(in.Note) > maxBlankTitle {
		fs.add("note", fmt.Sprintf("Не больше %d знаков.", maxBlankTitle))
	}
	for _, key := range in.Processes {
		if _, ok := r.Process(key); !ok {
			fs.add("processes", "Выберите процессы из списка.")
			break
		}
		if !slices.Contains(b.Processes, key) {
			b.Processes = append(b.Processes, key)
		}
	}
	return b, change, fs.err()
}

// PendingFile gives a file that a proposal wants to hand out, for those who may see the proposal.
func (d *Desk) PendingFile(ctx context.Context, actor Actor, slug, id, sum string) (register.BlankFile, []byte, error) {
	var f register.BlankFile
	p, err := d.Proposal(ctx, actor, slug, id)
	if err != nil {
		return f, nil, err
	}
	for _, b := range p.Content.Blanks() {
		for _, f := range b.Versions {
			if f.SHA256 == sum {
				content, err := d.ledger.BlankFile(ctx, slug, f)
				return f, content, err
			}
		}
	}
	return f, nil, notFound("Такого файла в предложении нет.")
}

// Blanks are the forms that a content includes or amends.
func (c *Content) Blanks() []register.Blank {
	var bs []register.Blank
	if c == nil {
		return nil
	}
	for _, x := range c.Changes {
		var b register.Blank
		if x.Kind == register.KindForm && x.Op != register.Exclude && json.Unmarshal(x.Content, &b) == nil {
			bs = append(bs, b)
		}
	}
	return bs
}

// blanksKept holds the forms of a content against the files that are kept: a proposal names no file that nobody has.
func (d *Desk) blanksKept(ctx context.Context, v ledger.View, slug string, c *Content) error {
	for _, b := range c.Blanks() {
		if err := d.ledger.CheckBlankIn(ctx, v, slug, b); err != nil {
			return err
		}
	}
	return nil
}

// BlanksOf are the forms that a process needs: those that name it, and those whose title one of its usages names, the latter
// in the order of the usages. Titles without a form are left as they are.
func BlanksOf(r *register.Register, process string, titles []string) (blanks []register.Blank, rest []string) {
	byTitle := map[string]int{}
	for i := range r.Forms {
		byTitle[register.BlankTitle(r.Forms[i].Title)] = i
	}
	had := map[string]bool{}
	for _, title := range titles {
		i, ok := byTitle[register.BlankTitle(title)]
		switch {
		case !ok:
			if title = strings.TrimSpace(title); title != "" && !slices.Contains(rest, title) {
				rest = append(rest, title)
			}
		case !had[r.Forms[i].Key]:
			had[r.Forms[i].Key] = true
			blanks = append(blanks, r.Forms[i])
		}
	}
	for i := range r.Forms {
		if b := &r.Forms[i]; !had[b.Key] && slices.Contains(b.Processes, process) {
			had[b.Key] = true
			blanks = append(blanks, *b)
		}
	}
	return blanks, rest
}
