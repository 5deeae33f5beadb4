// The guided check: answers by number keys, the chart scrolled to where one stands, and printing. All works without it.
"use strict";

(() => {
  const frame = document.querySelector(".chart-scroll");
  const here = frame?.querySelector(".here");
  if (here) {
    const box = here.getBoundingClientRect(), around = frame.getBoundingClientRect();
    frame.scrollLeft += box.left + box.width / 2 - around.left - around.width / 2;
    frame.scrollTop += box.top + box.height / 2 - around.top - around.height / 2;
  }
  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
  const choices = document.querySelectorAll(".choices button");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = Number.parseInt(event.key, 10);
    if (place >= 1 && place <= choices.length) choices[place - 1].click();
  });
  // one press is one answer
  for (const form of document.querySelectorAll("form[data-fact]"))
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  window.addEventListener("pageshow", () => { for (const form of document.querySelectorAll("form[data-fact]")) delete form.dataset.sent; });
})();
