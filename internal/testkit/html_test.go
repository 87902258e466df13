package testkit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHTMLSelectors(t *testing.T) {
	page := ParseHTML(t, `<main id="m"><ul class="a b"><li>один<li class="b">два <b>и три</b></ul><a href="/x.y" rel="next">да&nbsp;–  нет</a></main>`)
	for _, tt := range []struct {
		selector string
		want     []string
	}{
		{"li", []string{"один", "два и три"}},
		{"ul.a.b > li.b", []string{"два и три"}},
		{"main > li", nil},
		{"#m b", []string{"и три"}},
		{`a[href="/x.y"][rel=next]`, []string{"да – нет"}},
		{"a[title]", nil},
		{".b .b", []string{"два и три"}},
	} {
		if diff := cmp.Diff(tt.want, page.Texts(tt.selector)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.selector, diff)
		}
	}
}
