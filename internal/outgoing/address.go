package outgoing

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// closed are the ranges of the registries of special addresses (IANA) that are not the public network, and those that
// carry an address of IPv4 inside: through them a closed one could be reached.
var closed = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"2001::/23",     // Teredo, ORCHID, benchmarking
	"2001:db8::/32", // documentation
	"2002::/16",     // 6to4
	"2620:4f:8000::/48",
	"3fff::/20", // documentation
)

// open is all that has been given out of IPv6; loopback, mapped, translated (NAT64), local and multicast addresses lie
// outside.
var open = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) []netip.Prefix {
	ps := make([]netip.Prefix, len(texts))
	for i, t := range texts {
		ps[i] = netip.MustParsePrefix(t)
	}
	return ps
}

// Public tells whether an address belongs to the public network. An address of IPv4 that is written as one of IPv6 is
// judged as what it is.
func Public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if a.Is6() && !open.Contains(a) {
		return false
	}
	return !slices.ContainsFunc(closed, func(p netip.Prefix) bool { return p.Contains(a) })
}

// parse reads an address that is to be asked: http or https, an allowed port, no name and password, a host that names a
// public place in the usual spelling.
func (c *Client) parse(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || len(address) > 4096 {
		return nil, &Error{Code: Malformed, Text: "Адрес записан с ошибкой.", Err: err}
	}
	u.Fragment, u.RawFragment = "", ""
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, &Error{Code: Forbidden, Text: "Проверяются только адреса http и https."}
	case u.User != nil:
		return nil, &Error{Code: Forbidden, Text: "В адресе стоят имя и пароль: такой адрес не проверяется."}
	case u.Hostname() == "" || u.Opaque != "":
		return nil, &Error{Code: Malformed, Text: "В адресе нет имени сайта."}
	}
	port := map[string]uint16{"http": 80, "https": 443}[u.Scheme]
	if p := u.Port(); p != "" {
		n, err := strconv.ParseUint(p, 10, 16)
		if err != nil {
			return nil, &Error{Code: Malformed, Text: "Порт записан с ошибкой.", Err: err}
		}
		port = uint16(n)
	}
	if err := c.host(u, port); err != nil {
		return nil, err
	}
	return u, nil
}

// spelling puts names into the form in which they are asked, as browsers do: more is allowed than to whoever registers a name.
var spelling = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.CheckHyphens(false), idna.StrictDomainName(false))

// domain tells whether a name may be asked of DNS: labels of letters, figures, hyphens and underscores, none of them empty.
func domain(ascii string) bool {
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return len(ascii) <= 253
}

// host judges the name in the address and puts it into the form in which it is asked.
func (c *Client) host(u *url.URL, port uint16) error {
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if a, err := netip.ParseAddr(name); err == nil {
		to := netip.AddrPortFrom(a, port)
		switch {
		case c.allow != nil && c.allow(to):
			return nil
		case a.Is4In6() || !Public(a):
			return &Error{Code: Forbidden, Text: "Адрес " + name + " — не общедоступная сеть, туда программа не обращается."}
		case !slices.Contains(c.opt.Ports, int(port)):
			return forbiddenPort(port)
		}
		u.Host = withPort(a.String(), u.Port())
		return nil
	}
	ascii, err := spelling.ToASCII(name)
	if err != nil || !domain(ascii) {
		return &Error{Code: Malformed, Text: "Имя сайта записано с ошибкой.", Err: err}
	}
	labels := strings.Split(ascii, ".")
	last := labels[len(labels)-1]
	switch {
	case numeric(last): // 2130706433, 0x7f000001, 0177.1: some resolvers read these as addresses
		return &Error{Code: Forbidden, Text: "Адрес «" + name + "» записан числом: такие не проверяются."}
	case inner(ascii):
		return &Error{Code: Forbidden, Text: "Имя «" + name + "» — внутреннее, туда программа не обращается."}
	case len(labels) == 1:
		return &Error{Code: Forbidden, Text: "Имя «" + name + "» — без точки: это имя внутренней сети."}
	}
	if c.allow == nil && !slices.Contains(c.opt.Ports, int(port)) {
		return forbiddenPort(port)
	}
	u.Host = withPort(ascii, u.Port())
	return nil
}

// withPort writes a host as it stands in an address; port may be empty.
func withPort(host, port string) string {
	if port != "" {
		return net.JoinHostPort(host, port)
	}
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// innermost are the last labels that no domain of the public network has (RFC 6761, 6762, ICANN's .internal) or that people take for
// names of their own networks.
var innermost = []string{"localhost", "local", "internal", "lan", "home", "corp", "intranet"}

// inner tells a name of somebody's own network.
func inner(ascii string) bool {
	return slices.Contains(innermost, ascii[strings.LastIndexByte(ascii, '.')+1:]) || ascii == "home.arpa" || strings.HasSuffix(ascii, ".home.arpa")
}

// numeric tells a last label that no domain has: figures, or a hexadecimal number.
func numeric(label string) bool {
	if hex, ok := strings.CutPrefix(label, "0x"); ok {
		return strings.Trim(hex, "0123456789abcdef") == ""
	}
	return label != "" && strings.Trim(label, "0123456789") == ""
}

func forbiddenPort(port uint16) error {
	return &Error{Code: Forbidden, Text: "Порт " + strconv.Itoa(int(port)) + " не проверяется."}
}
