package web

import (
	"errors"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"perechen/internal/auth"
	"perechen/internal/httpx"
	"perechen/internal/lang"
	"perechen/internal/ledger"
	"perechen/internal/rights"
	"perechen/internal/upkeep"
)

// Bounds of what a form may carry.
const (
	maxForm   = 1 << 20  // bytes
	maxUpload = 64 << 20 // bytes, where a form takes a file
	maxFields = 20000    // fields, so that a small form cannot cost much
)

// A who lists roles, any of which is enough: see request.may. An empty one is everybody who is signed in.
type who []string

// A formError says that what was typed will not do: the page is shown again with everything that was typed, this text at
// its head and the sentences of Fields at the fields of these names.
type formError struct {
	Status int // 422 when 0
	Text   string
	Fields map[string]string
}

func (e *formError) Error() string { return e.Text }

// invalidField is a formError about one field.
func invalidField(name, text string) error {
	return &formError{Fields: map[string]string{name: text}}
}

// forbidden is the answer to somebody who is signed in and lacks the right; key and args are a sentence that says why.
func forbidden(key string, args ...any) error { return &pageError{http.StatusForbidden, key, args} }

// A typed is what a person has typed and what is wrong with it; a page that is shown for the first time has none.
type typed struct {
	values url.Values
	text   string
	fields map[string]string
}

// Typed gives the value of a field: what was typed, or else what stands there.
func (r *request) typedOr(name, value string) string {
	if r.typed == nil {
		return value
	}
	return r.typed.values.Get(name)
}

// ticked tells whether a box is ticked: what was typed, or else what stands there.
func (r *request) ticked(name, value string, stands bool) bool {
	if r.typed == nil {
		return stands
	}
	for _, v := range r.typed.values[name] {
		if v == value {
			return true
		}
	}
	return false
}

// fault is what is wrong with a field; empty when nothing is.
func (r *request) fault(name string) string {
	if r.typed == nil {
		return ""
	}
	return r.typed.fields[name]
}

// asked fills an ask from what was typed: its value, its error, and the choice of a select. ID is the name when empty.
func (r *request) asked(a ask) ask {
	if a.ID == "" {
		a.ID = "f-" + a.Name
	}
	if a.Kind != "password" && a.Kind != "file" {
		a.Value = r.typedOr(a.Name, a.Value)
	}
	a.Error = r.fault(a.Name)
	for i := range a.Options {
		a.Options[i].Selected = a.Options[i].Value == a.Value
	}
	return a
}

// wrong is the head of a form that was refused: its sentence, and the errors of its fields.
func (r *request) wrong(asks ...ask) []link {
	if r.typed == nil {
		return nil
	}
	ls := wrongs(asks...)
	if r.typed.text != "" && len(ls) == 0 {
		ls = []link{{Text: r.typed.text}}
	}
	return ls
}

// form makes the handler of a page with a form. access is who may see it, and who may send it, the same when only one is
// given; without any, everybody who is signed in. A passer-by is led to sign in, and what he has typed is kept for him
// (keep.go). post gets the fields that were sent, does everything in one piece, and says where to go on (or sets r.answer, for what
// is shown once). Its errors:
// *formError and errors of code invalid, stale and refused show the page again with what was typed; others have their own
// page. Whatever was refused leaves a line in the audit log. post may be nil: a working page that only shows.
//
// A pattern with {body} opens the newest state of that body; a page without has no body, no state and no rights but the
// flag of the account.
func (s *site) form(get func(*request) (page, error), post func(*request, url.Values) (next string, err error), access ...who) http.HandlerFunc {
	return s.formOf(maxForm, get, post, access...)
}

// upload is form that takes files too: r.file gives them.
func (s *site) upload(get func(*request) (page, error), post func(*request, url.Values) (next string, err error), access ...who) http.HandlerFunc {
	return s.formOf(maxUpload, get, post, access...)
}

func (s *site) formOf(limit int64, get func(*request) (page, error), post func(*request, url.Values) (string, error), access ...who) http.HandlerFunc {
	return func(w http.ResponseWriter, hr *http.Request) {
		if s.accounts == nil {
			s.notFound(w, hr)
			return
		}
		sent := hr.Method == http.MethodPost
		if !sent && (get == nil || hr.Method != http.MethodGet && hr.Method != http.MethodHead) || sent && post == nil {
			s.notAllowed(w, hr)
			return
		}
		if sent {
			if err := readForm(w, hr, limit); err != nil {
				s.fail(w, hr, err)
				return
			}
			defer func() {
				if hr.MultipartForm != nil {
					_ = hr.MultipartForm.RemoveAll() // what stays lies in the system's own folder for such files
				}
			}()
		}
		if viewerOf(hr) == nil {
			s.admit(w, hr)
			return
		}
		r, err := s.opened(w, hr)
		if err == nil {
			err = r.admitted(sent, access)
		}
		if err != nil {
			s.fail(w, hr, err)
			return
		}
		if !sent {
			s.show(w, r, http.StatusOK, get)
			return
		}
		r.w = w
		next, err := post(r, hr.PostForm)
		switch {
		case err == nil && r.answer != nil:
			s.show(w, r, max(r.answerStatus, http.StatusOK), func(*request) (page, error) { return r.answer, nil })
			return
		case err == nil:
			http.Redirect(w, hr, next, http.StatusSeeOther)
			return
		}
		status, again := r.refusal(err, hr.PostForm)
		if !again {
			s.fail(w, hr, err)
			return
		}
		if action := refusedAs[status]; action != "" {
			s.audit(hr, action, r.typed.text)
		}
		s.show(w, r, status, get)
	}
}

// refusedAs names in the audit log what is refused with a status.
var refusedAs = map[int]string{http.StatusForbidden: auth.ActRefused, http.StatusConflict: auth.ActStale, http.StatusNotFound: auth.ActForeign}

// readForm reads the fields that were sent, within bounds.
func readForm(w http.ResponseWriter, hr *http.Request, limit int64) error {
	hr.Body = http.MaxBytesReader(w, hr.Body, limit)
	kind, _, _ := mime.ParseMediaType(hr.Header.Get("Content-Type"))
	var err error
	if kind == "multipart/form-data" {
		err = hr.ParseMultipartForm(8 << 20)
	} else {
		err = hr.ParseForm()
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &pageError{http.StatusRequestEntityTooLarge, "error.toolarge", []any{limit >> 20}}
	case err != nil:
		return badRequest("error.badform")
	}
	fields := 0
	for _, vs := range hr.PostForm {
		fields += len(vs)
	}
	if fields > maxFields {
		return &pageError{http.StatusRequestEntityTooLarge, "error.toolarge", []any{limit >> 20}}
	}
	return nil
}

// file gives an uploaded file by the name of its field; nil when none was chosen.
func (r *request) file(name string) *multipart.FileHeader {
	if r.MultipartForm == nil || len(r.MultipartForm.File[name]) == 0 {
		return nil
	}
	return r.MultipartForm.File[name][0]
}

// opened makes the request of a working page: of the newest state of a body, or of no body.
func (s *site) opened(w http.ResponseWriter, hr *http.Request) (*request, error) {
	if hr.PathValue("body") == "" {
		r := s.bare(w, hr)
		return r, s.waits(r)
	}
	r, err := s.open(w, hr, nil)
	if err != nil {
		return nil, err
	}
	r.query = hr.URL.Query()
	for _, p := range viewParams {
		r.query.Del(p)
	}
	return r, s.look(r)
}

// bare makes a request that is about no body.
func (s *site) bare(w http.ResponseWriter, hr *http.Request) *request {
	return &request{Request: hr, lang: language(w, hr), today: s.today(), now: s.now(), loc: s.now().Location(), query: hr.URL.Query(), viewer: viewerOf(hr), people: s.accounts != nil}
}

// admitted holds the viewer against who may.
func (r *request) admitted(sent bool, access []who) error {
	if len(access) == 0 {
		return nil
	}
	need := access[0]
	if sent {
		need = access[len(access)-1]
	}
	if len(need) == 0 || r.may(need...) {
		return nil
	}
	if r.snap != nil {
		if a, ok := rights.Lapsed(r.snap.reg, r.viewer.ID, r.now); ok {
			return forbidden("error.lapsed", lang.Date(string(a.To)))
		}
	}
	return forbidden("error.noright")
}

// refusal turns the error of a post into a status; again tells whether the page is to be shown again with what was typed.
func (r *request) refusal(err error, values url.Values) (status int, again bool) {
	t := &typed{values: values}
	var fe *formError
	var ae *auth.Error
	var le *ledger.Error
	var ue *upkeep.Error
	code := ""
	switch {
	case errors.As(err, &fe):
		status, t.text, t.fields, again = fe.Status, fe.Text, fe.Fields, true
		if status == 0 {
			status = http.StatusUnprocessableEntity
		}
	case errors.As(err, &ae):
		code, t.text, t.fields = ae.Code, ae.Text, ae.Fields
	case errors.As(err, &ue):
		code, t.text = ue.Code, ue.Text
		for _, f := range ue.Fields {
			if t.fields == nil {
				t.fields = map[string]string{}
			}
			if f.Kind == "" && t.fields[f.Field] == "" { // those of a subject are shown by the page that knows it
				t.fields[f.Field] = f.Text
			}
		}
	case errors.As(err, &le):
		code, t.text = le.Code, le.Text
	}
	switch code {
	case "invalid":
		status, again = http.StatusUnprocessableEntity, true
	case "stale", upkeep.CodeConflict:
		status, again = http.StatusConflict, true
	case "refused":
		status, again = http.StatusForbidden, true
	case auth.CodeThrottled:
		status, again = http.StatusTooManyRequests, true
	}
	if again {
		r.typed = t
	}
	return status, again
}

// show renders a working page. It is not kept in memory, and browsers may keep it for the way back only.
func (s *site) show(w http.ResponseWriter, r *request, status int, get func(*request) (page, error)) {
	p, err := get(r)
	if err == nil {
		var out *httpx.Page
		if out, err = s.render(p); err == nil {
			out.Status = status
			h := w.Header()
			h.Set("Cache-Control", "private, no-cache")
			h.Set("Vary", "Cookie")
			httpx.Send(w, r.Request, out)
			return
		}
	}
	var elsewhere *moved
	if errors.As(err, &elsewhere) {
		http.Redirect(w, r.Request, elsewhere.to, http.StatusSeeOther)
		return
	}
	s.fail(w, r.Request, err)
}

// onlyRead refuses everything but GET and HEAD for a handler that changes nothing.
func (s *site) onlyRead(h http.HandlerFunc) http.HandlerFunc {
	return httpx.ReadOnly(h, http.HandlerFunc(s.notAllowed)).ServeHTTP
}
