// What a client has opened stays readable without a network. Only pages that everybody may read are kept: a page of somebody
// signed in says «private» and never gets here. VERSION and SHELL are put in by the server (pwa.go).
"use strict";
const shell = "shell-" + VERSION, pages = "pages-" + VERSION;
const most = 120; // pages that are kept, the ones opened last
const keepable = res => res.ok && !res.redirected && res.type === "basic" && !/private|no-store/.test(res.headers.get("Cache-Control") || "") && /^text\/html/.test(res.headers.get("Content-Type") || "");

async function keep(url, res) {
  if (!keepable(res)) return;
  const cache = await caches.open(pages);
  await cache.delete(url);
  await cache.put(url, res);
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - most))) await cache.delete(old);
}

// fetchAhead keeps public pages that are not kept yet, as a passer-by sees them.
async function fetchAhead(urls) {
  const cache = await caches.open(pages);
  for (const url of urls.slice(0, most)) {
    if (new URL(url, location).origin !== location.origin || await cache.match(url)) continue;
    try { await keep(url, await fetch(url, {credentials: "omit"})); } catch { return; }
  }
}

addEventListener("install", e => {
  skipWaiting();
  e.waitUntil(caches.open(shell).then(c => c.addAll(SHELL)));
});

addEventListener("activate", e => e.waitUntil((async () => {
  const urls = [];
  for (const name of await caches.keys()) {
    if (name === shell || name === pages) continue;
    if (name.startsWith("pages-")) urls.push(...(await (await caches.open(name)).keys()).map(r => r.url));
    await caches.delete(name);
  }
  await clients.claim();
  await fetchAhead(urls);
})()));

addEventListener("message", e => {
  if (e.data && Array.isArray(e.data.keep)) e.waitUntil(fetchAhead(e.data.keep.filter(u => typeof u === "string")));
});

// without says on a kept page that there is no network, and of when the page is; and where it is not the one asked for, that too.
async function without(res, asked) {
  const at = new Date(res.headers.get("Date") || Date.now());
  const html = await res.text(), en = /<html lang="en"/.test(html.slice(0, 200));
  const when = at.toLocaleString(en ? "en-GB" : "ru-RU", {day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit"});
  // Whether somebody is there was true then: a kept page says when, beside each.
  const then = html.replace(/ class="now(?: open)?" data-now>/g, ` class="now">${when}: `);
  const other = asked ? "" : en ? " What you asked for is not on this device." : " Того, что вы спросили, на устройстве нет.";
  const line = `<p class="unplugged" role="status">${en ? "No network. Data as of" : "Без сети. Данные на"} ${when}.${other}</p>`;
  const headers = new Headers(res.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  return new Response(then.replace('<main id="main"', line + '<main id="main"'), {status: 200, headers});
}

addEventListener("fetch", e => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) {
    e.respondWith(caches.match(e.request).then(hit => hit || fetch(e.request).then(res => {
      if (res.ok) { const copy = res.clone(); e.waitUntil(caches.open(shell).then(c => c.put(e.request, copy))); }
      return res;
    })));
    return;
  }
  if (e.request.mode !== "navigate") return;
  e.respondWith((async () => {
    try {
      const res = await fetch(e.request);
      const copy = res.clone();
      e.waitUntil(keep(e.request.url, copy));
      return res;
    } catch (err) {
      const cache = await caches.open(pages);
      const body = url.pathname.split("/")[1];
      const asked = await cache.match(e.request.url, {ignoreVary: true}) || await cache.match(url.pathname, {ignoreVary: true});
      const hit = asked || await cache.match("/" + body + "/find", {ignoreVary: true});
      if (!hit) throw err;
      return without(hit, asked && (url.pathname !== "/" + body + "/find" || asked.url === url.href));
    }
  })());
});
