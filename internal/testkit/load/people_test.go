package load

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"
)

// work lets everybody work until ctx is done, and returns when they have stopped.
func (g *region) work(ctx context.Context, o *oracle, s size) {
	transport := &http.Transport{MaxIdleConnsPerHost: 500, DisableCompression: true}
	defer transport.CloseIdleConnections()
	var wg sync.WaitGroup
	for _, b := range g.bodies {
		for i, login := range b.clerks {
			c := o.client(login, g.balance.URL, transport)
			wg.Go(func() { c.clerk(ctx, b, i, login) })
		}
		for _, login := range b.officers {
			c := o.client(login, g.balance.URL, transport)
			wg.Go(func() { c.officer(ctx, b, login) })
		}
	}
	for i := range s.readers {
		c := o.client(fmt.Sprintf("reader %d", i), g.balance.URL, transport)
		login := "" // most pass by
		if b := g.bodies[i%len(g.bodies)]; i%4 == 0 {
			login = b.clerks[i/4%len(b.clerks)]
		}
		wg.Go(func() { c.reader(ctx, g, login) })
	}
	wg.Wait()
}

var shownState = regexp.MustCompile(`<span class="state[^"]*">([^<]+)</span>`)

// state is where a proposal stands by its page: «включено»; «» when there is no such proposal.
func state(a answer) string {
	if a.status == http.StatusNotFound {
		return ""
	}
	if m := shownState.FindStringSubmatch(a.page); m != nil {
		return m[1]
	}
	return fmt.Sprintf("%d: %s", a.status, words(a.page))
}

// clerk proposes one telephone after another for the department's point, answers remarks, and confirms what is right.
func (c *client) clerk(ctx context.Context, b *body, i int, login string) {
	point := b.points[i]
	name, home := b.slug+"/"+point, "/"+b.slug+"/"
	if !c.signIn(ctx, login) {
		return
	}
	for count := 1; ctx.Err() == nil; count++ {
		edit := home + "points/" + point + "/edit"
		a, ok := c.get(ctx, edit)
		if !ok {
			return
		}
		v := c.form(a, "form[data-form=proposal]")
		if v == nil {
			c.o.fail("%s: no form at %s: %d %s %s", c.name, edit, a.status, a.location, words(a.page))
			return
		}
		id := v.Get("proposal")
		for {
			if count, ok = c.submit(ctx, b, i, id, edit, v, count); !ok {
				return
			}
			at := home + "proposals/" + id
			is := "ждёт проверки"
			for pause := 100 * time.Millisecond; is == "ждёт проверки"; pause = min(2*pause, 2*time.Second) {
				if !rest(ctx, pause) {
					return
				}
				if a, ok = c.get(ctx, at); !ok {
					return
				}
				is = state(a)
			}
			if is == "включено" {
				c.o.included(id)
				break
			}
			if is != "возвращено" {
				c.o.fail("%s: proposal %s, submitted, is «%s»", c.name, id, is)
				return
			}
			edit = at + "/edit"
			if a, ok = c.get(ctx, edit); !ok {
				return
			}
			if v = c.form(a, "form[data-form=proposal]"); v == nil {
				c.o.fail("%s: no form at %s: %d %s", c.name, edit, a.status, words(a.page))
				return
			}
			count++
		}
		floors := c.o.floors()
		at := home + "points/" + point
		if a, ok = c.get(ctx, at); !ok {
			return
		}
		c.look(b, at, a.page, floors, 1)
		if floors[name] < count {
			c.o.fail("%s: telephone %d was included, and the oracle knows of %d", c.name, count, floors[name])
		}
		if rand.IntN(2) == 0 && !c.confirm(ctx, home, name, point) {
			return
		}
	}
}

// submit sends a form with a new telephone until it is known to stand as submitted. count is the number that did.
func (c *client) submit(ctx context.Context, b *body, i int, id, edit string, v url.Values, count int) (int, bool) {
	name := b.slug + "/" + b.points[i]
	for {
		v.Set("p."+b.points[i]+".value", telephone(i, count))
		v.Set("do", "submit")
		c.o.with(id, func(h *history) { h.point, h.tried = name, append(h.tried, count) })
		c.o.point(name, func(p *pointHistory) { p.tried = count })
		a := c.ask(ctx, http.MethodPost, edit, v)
		if a.known && a.status == http.StatusSeeOther {
			c.o.count("submissions", 1)
			c.o.with(id, func(h *history) { h.submitted = append(h.submitted, count) })
			return count, true
		}
		if a.known && a.status < 500 {
			c.o.fail("%s: submission of %s: %d %s", c.name, id, a.status, words(a.page))
			return count, false
		}
		// Nobody knows. Its own page does.
		at := "/" + b.slug + "/proposals/" + id
		look, ok := c.get(ctx, at)
		if !ok {
			return count, false
		}
		c.o.count("submissions looked for", 1)
		switch is := state(look); is {
		case "ждёт проверки", "включено":
			return count, true
		case "": // nothing was kept: the same form goes again
			continue
		case "черновик", "возвращено": // kept, perhaps with the new telephone, perhaps not
			edit = at + "/edit"
		default:
			c.o.fail("%s: proposal %s is «%s»", c.name, id, is)
			return count, false
		}
		if look, ok = c.get(ctx, edit); !ok {
			return count, false
		}
		if v = c.form(look, "form[data-form=proposal]"); v == nil {
			c.o.fail("%s: no form at %s: %d %s", c.name, edit, look.status, words(look.page))
			return count, false
		}
		count++
	}
}

// confirm presses «Всё верно» at the department's point.
func (c *client) confirm(ctx context.Context, home, name, point string) bool {
	at := home + "confirm?show=all"
	a, ok := c.get(ctx, at)
	if !ok {
		return false
	}
	seen := regexp.MustCompile(`name="seen" value="(\d+)"`).FindStringSubmatch(a.page)
	if seen == nil {
		c.o.fail("%s: nothing to confirm: %d %s", c.name, a.status, words(a.page))
		return false
	}
	c.o.point(name, func(p *pointHistory) { p.pressed++ })
	a = c.ask(ctx, http.MethodPost, at, url.Values{"point": {point}, "seen": {seen[1]}})
	switch {
	case a.known && a.status == http.StatusSeeOther:
		c.o.count("confirmations", 1)
		c.o.point(name, func(p *pointHistory) { p.confirmed++ })
	case a.known && a.status < 500:
		c.o.fail("%s: confirmation: %d %s", c.name, a.status, words(a.page))
		return false
	}
	return true
}

var queued = regexp.MustCompile(`<th scope="row"><a class="label" href="([^"]+/proposals/[^"/]+)"`)

// officer takes proposals from the queue, includes most and returns some with a remark. Others do the same, so that a
// refusal by somebody who was quicker is usual.
func (c *client) officer(ctx context.Context, b *body, login string) {
	home := "/" + b.slug + "/"
	if !c.signIn(ctx, login) {
		return
	}
	for ctx.Err() == nil {
		a, ok := c.get(ctx, home+"proposals")
		if !ok {
			return
		}
		waiting := queued.FindAllStringSubmatch(a.page, -1)
		if len(waiting) == 0 {
			if a.status != http.StatusOK {
				c.o.fail("%s: the queue: %d %s", c.name, a.status, words(a.page))
				return
			}
			if !rest(ctx, 100*time.Millisecond) {
				return
			}
			continue
		}
		at := waiting[rand.IntN(len(waiting))][1]
		if a, ok = c.get(ctx, at); !ok {
			return
		}
		v := c.form(a, "form.review")
		if v == nil {
			continue // somebody was quicker
		}
		id := at[strings.LastIndexByte(at, '/')+1:]
		do := "include"
		if rand.IntN(6) == 0 {
			do = "return"
			v.Set("remark", "Проверьте номер")
		}
		v.Set("do", do)
		switch a = c.ask(ctx, http.MethodPost, at, v); {
		case !a.known || a.status >= 500:
			c.o.count("decisions nobody knows of", 1)
		case a.status == http.StatusSeeOther && do == "include":
			c.o.included(id)
			c.o.count("inclusions", 1)
		case a.status == http.StatusSeeOther:
			c.o.with(id, func(h *history) { h.returned++ })
			c.o.count("returns", 1)
		case a.status == http.StatusConflict || a.status == http.StatusForbidden || a.status == http.StatusUnprocessableEntity:
			c.o.count("decisions that came too late", 1)
		default:
			c.o.fail("%s: %s of %s: %d %s", c.name, do, id, a.status, words(a.page))
			return
		}
	}
}

// reader looks at pages of the register, signed in or passing by.
func (c *client) reader(ctx context.Context, g *region, login string) {
	if login != "" && !c.signIn(ctx, login) {
		return
	}
	for ctx.Err() == nil {
		b := g.bodies[rand.IntN(len(g.bodies))]
		home := "/" + b.slug + "/"
		i := rand.IntN(len(b.points))
		path, most := home, 0
		switch rand.IntN(8) {
		case 0, 1:
			path, most = home+"points/"+b.points[i], 1 // what follows is the history
		case 2:
			path = home + "find?q=" + url.QueryEscape(fmt.Sprintf("телефон сектора %d", i+1))
		case 3:
			path = home + "points"
		case 4:
			path = home + "?q=" + url.QueryEscape(fmt.Sprintf("сектора %d", i+1))
		case 5:
			path, most = home+"log", -1
		}
		floors := c.o.floors()
		a, ok := c.get(ctx, path)
		if !ok {
			return
		}
		if a.status != http.StatusOK {
			c.o.fail("%s: %s: %d %s %s", c.name, path, a.status, a.location, words(a.page))
			return
		}
		if most >= 0 {
			c.look(b, path, a.page, floors, most)
		}
		if !rest(ctx, rand.N(50*time.Millisecond)) {
			return
		}
	}
}
