// The pages work without this file. It adds a print button, opens folded parts for printing, and copies commands.
"use strict";
document.documentElement.classList.add("js");

const print = document.getElementById("print");
if (print) print.addEventListener("click", () => window.print());

addEventListener("beforeprint", () => {
  for (const d of document.querySelectorAll("main details:not([open]):not(.menu):not(.reject)")) { d.open = true; d.dataset.printed = ""; }
});
addEventListener("afterprint", () => {
  for (const d of document.querySelectorAll("details[data-printed]")) { d.open = false; delete d.dataset.printed; }
});

// A menu closes on Escape and when the focus or the pointer goes elsewhere.
for (const menu of document.querySelectorAll("details.menu")) {
  const away = e => { if (menu.open && !menu.contains(e.target)) menu.open = false; };
  document.addEventListener("focusin", away);
  document.addEventListener("pointerdown", away);
  menu.addEventListener("keydown", e => {
    if (e.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
}

// Buttons that copy and share what stands on the page; they are not there without a script. Where the browser keeps its clipboard
// for https, the older way serves.
const told = text => { const s = document.getElementById("told"); if (s) s.textContent = text; };
async function put(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "vh";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("not copied");
}
async function copy(button, text) {
  try { await put(text); } catch { return; }
  button.focus();
  const label = button.firstChild, was = label.textContent;
  label.textContent = button.dataset.copied;
  told(button.dataset.copied);
  setTimeout(() => { label.textContent = was; }, 2000);
}
for (const b of document.querySelectorAll("[data-copy]")) b.addEventListener("click", () => copy(b, b.dataset.copy));
const share = document.querySelector("[data-share]");
if (share) {
  share.addEventListener("click", () => {
    const url = location.origin + location.pathname;
    if (navigator.share) navigator.share({title: share.dataset.share, url}).catch(() => {});
    else copy(share, url);
  });
}

// Pages for clients stay readable without a network; nothing of it is done for somebody who has signed in.
const ahead = document.body.dataset.keep;
if (ahead && "serviceWorker" in navigator && isSecureContext) {
  navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready).then(r => { if (r.active) r.active.postMessage({keep: [location.href, ...ahead.split(" ").map(u => new URL(u, location).href)]}); }).catch(() => {});
}

// A form that keeps itself: what is typed goes to the server a moment later, which keeps the draft, checks it and answers
// with the parts that stand under data-live. The rules are the server's own.
const keeping = document.querySelector("form[data-form]");
if (keeping) {
  const words = keeping.dataset;
  let timer = 0, busy = false, again = false, dirty = false, leaving = null;
  const status = text => { const s = document.getElementById("saved"); if (s && s.textContent !== text) s.textContent = text; };
  const later = ms => { clearTimeout(timer); timer = setTimeout(keep, ms); };
  const show = answer => {
    for (const e of answer.querySelectorAll("[autofocus]")) e.removeAttribute("autofocus"); // who types stays where they are
    for (const part of answer.querySelectorAll("[data-live]")) {
      const here = document.getElementById(part.id);
      if (here && here.innerHTML !== part.innerHTML) here.replaceChildren(...part.childNodes);
    }
    for (const f of keeping.querySelectorAll("input, select, textarea")) {
      const error = f.id && document.getElementById(f.id + "-error");
      if (error) error.firstElementChild ? f.setAttribute("aria-invalid", "true") : f.removeAttribute("aria-invalid");
    }
    const next = answer.querySelector("form[data-form]");
    if (next && next.getAttribute("action") !== keeping.getAttribute("action")) {
      keeping.setAttribute("action", next.getAttribute("action"));
      history.replaceState(null, "", next.getAttribute("action"));
    }
  };
  async function keep() {
    if (busy) { again = true; return; }
    busy = true; again = false; dirty = false;
    status(words.saving);
    const body = new URLSearchParams(new FormData(keeping));
    body.set("do", "live");
    try {
      const res = await fetch(keeping.action, {method: "POST", body, headers: {"X-Live": "1"}, redirect: "error"});
      const answer = new DOMParser().parseFromString(await res.text(), "text/html");
      if (res.ok) show(answer);
      else { dirty = true; status(res.status === 401 ? words.signedout : words.unsaved); }
    } catch { dirty = true; status(words.unsaved); later(10000); }
    busy = false;
    if (leaving) { const b = leaving; leaving = null; keeping.requestSubmit(b); return; }
    if (again) later(300);
  }
  keeping.addEventListener("input", e => { if (e.target.name === "find") return; dirty = true; later(e.target.matches("textarea, input:not([type=checkbox])") ? 900 : 250); });
  keeping.addEventListener("submit", e => {
    clearTimeout(timer);
    if (busy) { e.preventDefault(); leaving = e.submitter; } else dirty = false;
  });
  // What was typed in the last second is kept too when the tab is closed or hidden.
  addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty && !busy) {
      const body = new URLSearchParams(new FormData(keeping));
      body.set("do", "live");
      if (navigator.sendBeacon(keeping.action, body)) { clearTimeout(timer); again = true; dirty = false; }
    } else if (document.visibilityState === "visible" && again) later(0);
  });
}

// Work that goes on elsewhere: the part of the page that tells of it is asked for again until it has ended.
const watch = async () => {
  const here = document.querySelector("[data-refresh]");
  try {
    const answer = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const now = answer.getElementById(here.id);
    if (now && !now.dataset.refresh) { location.replace(location.pathname); return; }
    if (now && now.innerHTML !== here.innerHTML) here.replaceChildren(...now.childNodes);
  } catch { /* the next time */ }
  setTimeout(watch, Number(here.dataset.refresh));
};
const watched = document.querySelector("[data-refresh]");
if (watched) setTimeout(watch, Number(watched.dataset.refresh));

// Sheets for walls come page by page: the file is gathered here, so that the page can say how far it is and be told to stop.
const sheets = document.querySelector("form[data-sheets]");
if (sheets && window.AbortController) {
  const words = sheets.dataset, bar = sheets.querySelector("progress"), says = sheets.querySelector("[role=status]");
  const stop = sheets.querySelector("[data-stop]"), button = sheets.querySelector(".main");
  sheets.addEventListener("submit", async e => {
    e.preventDefault();
    const control = new AbortController(), address = sheets.action + "?" + new URLSearchParams(new FormData(sheets));
    stop.onclick = () => control.abort();
    button.disabled = true;
    try {
      const res = await fetch(address, {signal: control.signal});
      if (!res.ok || !(res.headers.get("Content-Type") || "").startsWith("application/pdf")) { location.href = address; return; }
      const total = Number(res.headers.get("Sheets")), parts = [], latin = new TextDecoder("latin1"), mark = "/Type/Page/Parent";
      const reader = res.body.getReader();
      let done = 0, tail = "";
      bar.max = total; bar.value = 0; bar.hidden = stop.hidden = false;
      for (;;) {
        const part = await reader.read();
        if (part.done) break;
        parts.push(part.value);
        const text = tail + latin.decode(part.value);
        done += text.split(mark).length - 1;
        tail = text.slice(-(mark.length - 1));
        bar.value = done;
        says.textContent = words.progress + " " + done + " / " + total;
      }
      const a = document.createElement("a");
      a.href = URL.createObjectURL(new Blob(parts, {type: "application/pdf"}));
      a.download = words.name;
      a.click();
      setTimeout(() => URL.revokeObjectURL(a.href), 60000);
      says.textContent = words.done + " " + total;
    } catch (err) { says.textContent = err.name === "AbortError" ? words.stopped : words.failed; }
    bar.hidden = stop.hidden = true;
    button.disabled = false;
  });
}
