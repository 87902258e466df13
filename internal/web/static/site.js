// The pages work without this file. It adds a print button, opens folded parts for printing, and copies commands.
"use strict";
document.documentElement.classList.add("js");

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

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
