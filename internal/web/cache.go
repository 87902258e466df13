package web

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"sync"

	"perechen/internal/httpx"
)

// A pageCache holds rendered pages, the ones asked for last, within a bound of bytes. It is safe for concurrent use.
type pageCache struct {
	mu    sync.Mutex
	max   int
	held  int
	byKey map[string]*list.Element
	order list.List // of *heldPage, the one used last in front
}

type heldPage struct {
	key  string
	page *httpx.Page
	size int
}

func newPageCache(max int) *pageCache {
	return &pageCache{max: max, byKey: map[string]*list.Element{}}
}

// get returns the page with that key, or nil.
func (c *pageCache) get(key string) *httpx.Page {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*heldPage).page
}

// put holds a page; one that would take more than an eighth of the room is not held, so that it drives nothing out.
func (c *pageCache) put(key string, p *httpx.Page) {
	size := len(key) + len(p.Body)*5/4 + 256 // packed, a page is an eighth to a quarter of itself
	if size > c.max/8 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok {
		return
	}
	c.byKey[key] = c.order.PushFront(&heldPage{key, p, size})
	c.held += size
	for c.held > c.max {
		last := c.order.Back()
		h := c.order.Remove(last).(*heldPage)
		delete(c.byKey, h.key)
		c.held -= h.size
	}
}

// packer packs the body with gzip when it is first asked for; it gives nil when that does not pay. The first page after a
// start, and the clients that take no gzip, do not wait for it.
func packer(body []byte) func() []byte {
	return sync.OnceValue(func() []byte {
		if len(body) < 1024 {
			return nil
		}
		var b bytes.Buffer
		w, _ := gzip.NewWriterLevel(&b, 5) // an error only for a level that does not exist
		_, _ = w.Write(body)               // a bytes.Buffer takes everything
		_ = w.Close()
		if b.Len() > len(body)*9/10 {
			return nil
		}
		return bytes.Clone(b.Bytes())
	})
}
