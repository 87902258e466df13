// What axe does not look at. Each function gives the faults of the page that is open as lines of text.
(() => {
  const clean = s => String(s ?? "").replace(/\s+/g, " ").trim();
  const name = e => e.tagName.toLowerCase() + (e.id ? "#" + e.id : "") + (e.getAttribute("class") ? "." + clean(e.getAttribute("class")).replace(/ /g, ".") : "") + " «" + clean(e.textContent || e.value || "").slice(0, 40) + "»";
  const unseen = e => { for (; e && e !== document.body; e = e.parentElement) if (getComputedStyle(e).clipPath.startsWith("inset(50%")) return true; return false; }; // for ears only
  const hidden = e => !e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || e.closest(".skip") || unseen(e);
  const controls = () => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter(e => !hidden(e) && !e.disabled);
  const scrolls = e => { // the nearest ancestor that the reader can scroll sideways
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(p).overflowX) && p.scrollWidth > p.clientWidth) return p;
    }
    return null;
  };
  const floats = e => { for (let p = e; p && p !== document.body; p = p.parentElement) if (/sticky|fixed/.test(getComputedStyle(p).position)) return p; return null; };

  // Nothing scrolls sideways, nothing is cut, texts do not lie on one another, every control can be brought into view and hit.
  const whole = () => {
    const faults = [], over = document.documentElement.scrollWidth - innerWidth;
    if (over > 0) faults.push("scrolls sideways by " + over + " px: " + [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + .5).slice(-3).map(name).join(", "));
    for (const e of document.querySelectorAll("body *")) {
      if (e.namespaceURI !== "http://www.w3.org/1999/xhtml" || hidden(e) || !clean(e.innerText)) continue;
      const s = getComputedStyle(e), clips = o => o === "hidden" || o === "clip";
      if (clips(s.overflowX) && e.scrollWidth > e.clientWidth + 1 || clips(s.overflowY) && e.scrollHeight > e.clientHeight + 1) faults.push("is cut: " + name(e));
      else if (/auto|scroll/.test(s.overflowX) && e.scrollWidth > e.clientWidth + 1 && !e.matches("pre, svg, textarea, select") && !e.querySelector(":scope > svg, :scope > img") && e.tabIndex < 0) faults.push("scrolls by itself and is out of reach of the keyboard: " + name(e));
    }
    const lines = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let n; (n = walk.nextNode());) {
      const e = n.parentElement;
      if (!clean(n.data) || hidden(e) || e.closest("svg, script, style, option, del, datalist") || floats(e)) continue;
      const size = parseFloat(getComputedStyle(e).fontSize);
      range.selectNodeContents(n);
      for (const r of range.getClientRects()) {
        const middle = (r.top + r.bottom) / 2;
        if (r.width > 2) lines.push({n, e, left: r.left + 1, right: r.right - 1, top: middle - size * .35, bottom: middle + size * .35});
      }
    }
    lines.sort((a, b) => a.top - b.top);
    for (let i = 0; i < lines.length; i++) {
      for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom; j++) {
        const a = lines[i], b = lines[j];
        if (a.n !== b.n && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - b.top > 2) faults.push("lies on another: " + name(a.e) + " and " + name(b.e));
      }
    }
    for (const e of controls()) {
      if (e.closest("svg")) continue;
      e.scrollIntoView({block: "center", inline: "nearest", behavior: "instant"});
      const rects = [...e.getClientRects()].filter(r => r.width > 0 && r.height > 0), r = rects[0];
      if (!r) { faults.push("has no place: " + name(e)); continue; }
      if (!scrolls(e) && rects.some(r => r.left < -.5 || r.right > innerWidth + .5)) faults.push("is out of reach: " + name(e));
      const aim = rects.find(r => r.top + r.height / 2 > 0 && r.top + r.height / 2 < innerHeight); // a link may be higher than the window
      if (!aim) continue;
      const at = document.elementFromPoint(Math.min(Math.max(aim.left + aim.width / 2, 0), innerWidth - 1), aim.top + aim.height / 2);
      if (!at || !(e.contains(at) || at.contains(e) || at.closest("label")?.control === e)) faults.push("is covered: " + name(e) + " by " + (at ? name(at) : "nothing"));
    }
    scrollTo(0, 0);
    return [...new Set(faults)].slice(0, 12);
  };

  // WCAG 1.4.12: the reader's own distances between lines, paragraphs, letters and words.
  let sheet = null;
  const spacing = on => {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-bottom:2em!important}");
    }
    document.adoptedStyleSheets = on ? [sheet] : [];
  };

  // Text of another language than the page's says so.
  const languages = () => {
    const faults = [];
    const wrong = (text, lang) => lang.startsWith("en") ? /[а-яё]/i.test(text.replace(/for example: .*/i, "")) : /[a-z]{3,} [a-z]{3,}/.test(text.replace(/\S+[@:/.]\S+|perechen [a-z]+|for example: .*/gi, ""));
    const of = e => e.closest("[lang]")?.lang || "";
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n; (n = walk.nextNode());) {
      const e = n.parentElement;
      if (clean(n.data) && !e.closest("script, style, code, pre, .hash, [aria-hidden=true]") && wrong(n.data, of(e))) faults.push("is of another language than " + of(e) + ": " + name(e));
    }
    for (const e of document.querySelectorAll("body *")) {
      for (const a of ["alt", "aria-label"]) {
        if (e.hasAttribute(a) && wrong(e.getAttribute(a), of(e))) faults.push(a + " is of another language than " + of(e) + ": " + name(e) + " " + e.getAttribute(a));
      }
    }
    return [...new Set(faults)].slice(0, 8);
  };

  // The focus can be seen on every control: a line of at least two pixels that stands out three to one (1.4.11) and is not covered.
  const colour = s => { const m = /rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?\)/.exec(s); return m ? [+m[1], +m[2], +m[3], m[4] === undefined ? 1 : +m[4]] : [0, 0, 0, 0]; };
  const ground = e => { for (; e; e = e.parentElement) { const c = colour(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const light = c => { const f = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
  const ratio = (a, b) => { const x = light(a), y = light(b); return (Math.max(x, y) + .05) / (Math.min(x, y) + .05); };
  const focus = () => {
    const faults = [];
    for (const e of controls()) {
      e.focus();
      if (document.activeElement !== e) continue;
      const s = getComputedStyle(e), r = e.getBoundingClientRect();
      if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) { faults.push("the focus does not show: " + name(e)); continue; }
      const around = e.closest("svg") ? ground(e) : ground(parseFloat(s.outlineOffset) < 0 ? e : e.parentElement), got = ratio(colour(s.outlineColor), around);
      if (got < 3) faults.push("the focus stands out " + got.toFixed(2) + " to 1: " + name(e));
      if (r.bottom < 1 || r.top > innerHeight - 1) faults.push("the focus is out of sight: " + name(e));
    }
    document.activeElement?.blur();
    scrollTo(0, 0);
    return [...new Set(faults)].slice(0, 8);
  };

  // What is drawn and says something stands out three to one: edges of fields and buttons (1.4.11).
  const edges = () => {
    const faults = [];
    for (const e of document.querySelectorAll("input:not([type=hidden],[type=checkbox],[type=radio],[type=file],[type=range]), select, textarea, .btn:not(.quiet), .tap, .pick")) {
      if (hidden(e) || e.disabled) continue;
      const s = getComputedStyle(e), around = ground(e.parentElement);
      if (s.display === "inline" && !s.borderBottomWidth) continue;
      const edge = s.borderBottomStyle !== "none" && parseFloat(s.borderBottomWidth) > 0 ? ratio(colour(s.borderBottomColor), around) : 0;
      const fill = colour(s.backgroundColor)[3] === 1 ? ratio(colour(s.backgroundColor), around) : 0;
      if (Math.max(edge, fill) < 3 && !e.matches("a, button, .pick")) faults.push("its edge stands out " + Math.max(edge, fill).toFixed(2) + " to 1: " + name(e));
    }
    return [...new Set(faults)].slice(0, 8);
  };
  window.access = {whole, spacing, languages, focus, edges};
})();
