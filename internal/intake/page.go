package intake

import (
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// topDomains are the ends by which an address without «http://» or «www.» is told from an abbreviation or a file's name.
var topDomains = set("ru su рф рус дети москва онлайн сайт орг com org net info biz gov edu me online site website app pro " +
	"moscow tatar by kz am ge io ws cc tv eu max")

// networks are the hosts whose pages are accounts of social networks, with the short name for keys.
var networks = map[string]string{"vk.com": "vk", "m.vk.com": "vk", "vk.ru": "vk", "vkontakte.ru": "vk", "vk.me": "vk",
	"t.me": "tg", "telegram.me": "tg", "telegram.org": "tg", "ok.ru": "ok", "max.ru": "max", "rutube.ru": "rutube",
	"dzen.ru": "dzen", "youtube.com": "youtube", "wa.me": "wa", "facebook.com": "fb", "instagram.com": "ig", "twitter.com": "tw"}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// page reads text[from:to] as an address of a page, with or without a scheme.
func page(text string, from, to int) (contact, bool) {
	c := contact{kind: kSite, from: from, to: to}
	run := text[from:to]
	if strings.HasSuffix(strings.TrimRight(text[:from], " "), "@") {
		return c, false // the second half of a mailbox that a space cut
	}
	scheme, rest, explicit := "https", run, false
	if i := strings.Index(run, "://"); i >= 0 {
		// A word may be glued to the scheme: «Сайт-https://…».
		for _, s := range []string{"https", "http"} {
			if strings.HasSuffix(strings.ToLower(run[:i]), s) {
				c.from, scheme, explicit = from+i-len(s), s, true
				break
			}
		}
		if !explicit {
			return c, false
		}
		rest = run[i+3:]
	}
	host, path := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, path = rest[:i], rest[i:]
	}
	host, port, _ := strings.Cut(host, ":")
	explicit = explicit || strings.HasPrefix(strings.ToLower(host), "www.")
	if !strings.Contains(host, ".") || strings.Contains(host, "..") {
		if explicit {
			c.doubt = "адрес страницы неполон"
		}
		return c, explicit
	}
	top := strings.ToLower(toLatin(host[strings.LastIndexByte(host, '.')+1:]))
	if !explicit && !topDomains[top] && !topDomains[strings.ToLower(host[strings.LastIndexByte(host, '.')+1:])] {
		return c, false
	}
	name, bad := canonicalHost(host)
	switch {
	case bad != "":
		c.doubt = bad
		return c, true
	case name == "" && !explicit:
		return c, false
	case name == "":
		c.doubt = "адрес страницы записан с ошибкой"
		return c, true
	}
	if port != "" {
		name += ":" + port
	}
	u := url.URL{Scheme: scheme, Host: name}
	if p, err := url.Parse(path); err == nil {
		u.Path, u.RawPath, u.RawQuery, u.Fragment = p.Path, p.RawPath, p.RawQuery, p.Fragment
	}
	if u.Path == "" {
		u.Path = "/"
	}
	c.canon = u.String()
	if networks[strings.TrimPrefix(name, "www.")] != "" && len(strings.Trim(u.Path, "/")) > 0 {
		c.kind = kSocial
		u.Path = strings.TrimSuffix(u.Path, "/")
		c.canon = u.String()
	}
	return c, true
}

// canonicalHost gives a host's name in lower-case ASCII (punycode for Russian domains), or says in Russian what is wrong
// with its letters; both are empty when it is no host's name.
func canonicalHost(host string) (name, bad string) {
	host = strings.ToLower(host)
	labels := strings.Split(host, ".")
	top := labels[len(labels)-1]
	if !topDomains[top] && topDomains[toLatin(top)] {
		return "", "в адресе русские буквы стоят вместо латинских: " + strangers(top)
	}
	for _, l := range labels {
		if mixed(l) || cyrillic(l) && !cyrillic(top) && toLatin(l) != l && !cyrillic(toLatin(l)) {
			return "", "в адресе русские буквы стоят среди латинских: " + strangers(l)
		}
	}
	if ascii(host) {
		for _, l := range labels {
			if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
				return "", ""
			}
		}
		if strings.Trim(top, "0123456789") == "" {
			return "", "" // 16.02.2026, 1.2.3
		}
		return host, ""
	}
	name, err := idna.Lookup.ToASCII(host)
	if err != nil {
		return "", ""
	}
	return name, ""
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// contactID is what makes two printed contacts one: without scheme, «www.», a last slash, letter case.
func contactID(canon string) string {
	id := canon
	if i := strings.Index(id, "://"); i >= 0 {
		id = strings.TrimSuffix(strings.TrimPrefix(id[i+3:], "www."), "/")
	}
	return id
}
