package render

import (
	"errors"
	"net/url"
	"strings"

	"rsc.io/qr"
)

// A Site says where the pages of one body stand, for codes and links on paper. An empty Base is not known, and then there
// are no addresses.
type Site struct {
	Base string // https://perechen.example.ru, as ParseBase gives it
	Body string
}

// ParseBase reads the address of the pages as people write it: http or https, a host, perhaps a folder. The empty text
// stays empty. Its errors are Russian sentences without the name of a setting.
func ParseBase(s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	switch {
	case err != nil, u.Scheme != "http" && u.Scheme != "https", u.Hostname() == "":
		return "", errors.New("«" + s + "» — не адрес страниц; нужно вроде https://perechen.example.ru")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.ForceQuery:
		return "", errors.New("«" + s + "»: в адресе страниц не должно быть имени, пароля и знаков ? и #")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// Point is the address of a point's page.
func (s Site) Point(key string) string { return s.to("points", key) }

// Process is the address of a process's page.
func (s Site) Process(key string) string { return s.to("processes", key) }

// Feedback is where a client says how it was, at a point or after a process.
func (s Site) Feedback(key string) string { return s.to(feedbackFolder, key) }

// feedbackFolder is short because people type it from paper.
const feedbackFolder = "f"

func (s Site) to(parts ...string) string {
	if s.Base == "" {
		return ""
	}
	address := s.Base + "/" + url.PathEscape(s.Body)
	for _, p := range parts {
		address += "/" + url.PathEscape(p)
	}
	return address
}

// codeModules are the dark and light squares of a QR code that holds a text. A text that is too long for a code is an
// error.
func codeModules(text string) ([][]bool, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	modules := make([][]bool, code.Size)
	for y := range modules {
		modules[y] = make([]bool, code.Size)
		for x := range modules[y] {
			modules[y][x] = code.Black(x, y)
		}
	}
	return modules, nil
}
