package outgoing

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// MailDomain asks DNS whether mail for a domain goes anywhere: a record MX, or in its absence an address (RFC 5321, 5.1); a
// null MX (RFC 7505) says that it does not. Nothing is connected to. Errors are *Error:
// NoName when mail cannot arrive, Forbidden when only the network of its own that the domain stands in can tell.
func (c *Client) MailDomain(ctx context.Context, name string) error {
	ascii, err := spelling.ToASCII(strings.TrimSuffix(name, "."))
	if err != nil || !domain(ascii) || !strings.Contains(ascii, ".") {
		return &Error{Code: Malformed, Text: "Домен почты «" + name + "» записан с ошибкой.", Err: err}
	}
	if inner(ascii) {
		return &Error{Code: Forbidden, Text: "Домен почты «" + name + "» — внутренний, о нём в общедоступной сети не узнать."}
	}
	if err := c.turn(ctx, "dns"); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	defer cancel()
	mx, err := c.opt.Resolver.LookupMX(ctx, ascii+".")
	var dns *net.DNSError
	if err != nil && len(mx) == 0 && (!errors.As(err, &dns) || !dns.IsNotFound) {
		return c.noMail(ctx, name, err)
	}
	if len(mx) == 1 && (mx[0].Host == "." || mx[0].Host == "") {
		return &Error{Code: NoName, Text: "Домен «" + name + "» объявил, что почту не принимает."}
	}
	if len(mx) > 0 {
		return nil
	}
	as, err := c.opt.Resolver.LookupNetIP(ctx, "ip", ascii+".")
	if err != nil {
		return c.noMail(ctx, name, c.surelyAbsent(ctx, ascii+".", err))
	}
	if !slices.ContainsFunc(as, func(a netip.Addr) bool { return Public(a) || c.allow != nil && c.allow(netip.AddrPortFrom(a, 25)) }) {
		return &Error{Code: Forbidden, Text: "Почта домена «" + name + "» — во внутренней сети, туда программа не обращается."}
	}
	return nil
}

func (c *Client) noMail(ctx context.Context, domain string, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fault(ctx.Err())
	}
	var name *net.DNSError
	if errors.As(err, &name) && name.IsNotFound {
		return &Error{Code: NoName, Text: "Домена «" + domain + "» нет: письма туда не дойдут.", Err: err}
	}
	return &Error{Code: NoDNS, Text: "Домен «" + domain + "» не удалось проверить: сервер имён не ответил.", Err: err}
}
