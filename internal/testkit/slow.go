package testkit

import (
	"github.com/chromedp/cdproto/network"
)

// Slow puts the browser at the end of a bad line of a telephone: 400 kbit/s, and 400 ms from a question to its answer. What it has
// of pages is forgotten, and nothing is kept until the line is good again.
func (b *Browser) Slow(on bool) {
	b.t.Helper()
	line := &network.Conditions{DownloadThroughput: -1, UploadThroughput: -1}
	if on {
		line = &network.Conditions{Latency: 400, DownloadThroughput: 400_000 / 8, UploadThroughput: 400_000 / 8}
	}
	b.Do(call(network.Enable, network.EnableParams{}),
		call(network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{line}}),
		call(network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: on}),
		call(network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: on}))
}

// A View is what it took to see a page for the first time.
type View struct {
	Rounds  int      // answers that had to come one after another before anything could be drawn: the page, and what it waits for
	Waited  int      // bytes, as they were sent, of those answers
	Started int      // questions asked before something was drawn
	Bytes   int      // of all answers, without the pages that are fetched ahead
	Shift   float64  // by how much what is read has moved, fonts included
	Drawn   float64  // ms until something was drawn
	Whole   float64  // ms until nothing more came
	Waits   []string // the addresses of what it waited for
}

// Opened gives the view of the page that was opened last.
func (b *Browser) Opened() View {
	b.t.Helper()
	return Eval[View](b, `(async () => {
		const until = async ready => { while (!ready()) await new Promise(done => setTimeout(done, 20)); };
		const drawn = () => performance.getEntriesByName("first-contentful-paint")[0];
		await until(() => document.readyState === "complete" && drawn());
		await document.fonts.ready;
		await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
		const page = performance.getEntriesByType("navigation")[0], all = performance.getEntriesByType("resource").filter(r => r.initiatorType !== "other" && r.initiatorType !== "fetch");
		const waits = all.filter(r => r.renderBlockingStatus === "blocking");
		let shift = 0;
		await new Promise(done => { const o = new PerformanceObserver(l => { for (const e of l.getEntries()) shift += e.value; }); o.observe({type: "layout-shift", buffered: true}); requestAnimationFrame(() => requestAnimationFrame(done)); });
		const size = rs => rs.reduce((n, r) => n + r.encodedBodySize, 0), first = drawn().startTime;
		return {Rounds: 1 + (waits.length ? 1 : 0), Waited: size([page, ...waits]), Started: 1 + all.filter(r => r.startTime < first).length, Bytes: size([page, ...all]), Shift: shift,
			Drawn: first, Whole: Math.max(page.responseEnd, ...all.map(r => r.responseEnd)), Waits: waits.map(r => r.name)};
	})()`)
}
