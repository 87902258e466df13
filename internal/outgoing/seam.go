package outgoing

import "net/netip"

// ForTests makes a client that may also reach the addresses that allow names: the servers that a test starts on its own
// machine. Nothing else of the guard is lifted: an address that allow does not name is refused as ever, also when a name
// or a redirect leads there.
//
// It is a function of its own, and no field of Options, so that no setting can ever lead here; a test holds that only
// tests call it.
func ForTests(o Options, allow func(netip.AddrPort) bool) *Client {
	c := New(o)
	c.allow = allow
	return c
}
