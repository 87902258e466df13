package httpx

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Proxies are the machines whose word on where a request comes from is believed (X-Forwarded-For, X-Forwarded-Proto), beside
// this machine itself.
type Proxies []netip.Prefix

// ParseProxies reads «10.0.0.5, 10.0.1.0/24»; empty is none. Its error is a Russian sentence.
func ParseProxies(text string) (ps Proxies, err error) {
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		if a, err := netip.ParseAddr(f); err == nil && a.Zone() == "" {
			a = a.Unmap()
			ps = append(ps, netip.PrefixFrom(a, a.BitLen()))
			continue
		}
		p, err := netip.ParsePrefix(f)
		if err != nil || p.Bits() == 0 {
			return nil, fmt.Errorf("«%s» — не адрес и не сеть: нужно вроде 10.0.0.5 или 10.0.0.0/24", f)
		}
		ps = append(ps, p.Masked())
	}
	return ps, nil
}

type proxiedKey struct{}

// Mark notes on each request whether a proxy of ps has sent it; see Proxied.
func (ps Proxies) Mark(next http.Handler) http.Handler {
	if len(ps) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.RemoteAddr)
		a, wrong := netip.ParseAddr(host)
		if err == nil && wrong == nil && ps.have(a.Unmap().WithZone("")) {
			r = r.WithContext(context.WithValue(r.Context(), proxiedKey{}, true))
		}
		next.ServeHTTP(w, r)
	})
}

func (ps Proxies) have(a netip.Addr) bool {
	for _, p := range ps {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// Proxied tells whether a request came through a proxy that is believed.
func Proxied(r *http.Request) bool {
	yes, _ := r.Context().Value(proxiedKey{}).(bool)
	return yes
}
