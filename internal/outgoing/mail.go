package outgoing

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/idna"
)

// MailDomain asks DNS whether mail for a domain goes anywhere: a record MX, or in its absence an address (RFC 5321, 5.1); a
// null MX (RFC 7505) says that it does not. Nothing is connected to. Errors are *Error: NoName when mail cannot arrive.
func (c *Client) MailDomain(ctx context.Context, domain string) error {
	ctx, cancel := context.WithTimeout(ctx, c.opt.Timeout)
	defer cancel()
	ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(domain, "."))
	if err != nil || !strings.Contains(ascii, ".") {
		return &Error{Code: Malformed, Text: "Домен почты «" + domain + "» записан с ошибкой.", Err: err}
	}
	if err := c.turn(ctx, "dns"); err != nil {
		return err
	}
	mx, err := c.opt.Resolver.LookupMX(ctx, ascii+".")
	var name *net.DNSError
	if err != nil && len(mx) == 0 && (!errors.As(err, &name) || !name.IsNotFound) {
		return c.noMail(ctx, domain, err)
	}
	if len(mx) == 1 && (mx[0].Host == "." || mx[0].Host == "") {
		return &Error{Code: NoName, Text: "Домен «" + domain + "» объявил, что почту не принимает."}
	}
	if len(mx) > 0 {
		return nil
	}
	as, err := c.opt.Resolver.LookupNetIP(ctx, "ip", ascii+".")
	if err != nil {
		return c.noMail(ctx, domain, c.surelyAbsent(ctx, ascii+".", err))
	}
	if !slices.ContainsFunc(as, func(a netip.Addr) bool { return Public(a) || c.allow != nil && c.allow(netip.AddrPortFrom(a, 25)) }) {
		return &Error{Code: NoName, Text: "У домена «" + domain + "» нет почтового сервера в общедоступной сети."}
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
