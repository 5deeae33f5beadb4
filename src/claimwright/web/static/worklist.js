// The keys of the worklist and of a line's page, and a count of what is chosen. All of it can be done without.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("[data-line]")];
  const find = (what, from = document) => from.querySelector(what);
  const dialog = find("[data-keys]");
  const list = find("[data-list]");
  const boxes = rows.map((row) => find("input[type=checkbox]", row));
  const all = find("[data-all]");
  const told = find("[data-chosen]");
  const OFF = "claimwright keys off";

  // the row that keys speak of: where one came back to, else none until a key is pressed
  let at = rows.findIndex((row) => row.id && `#${row.id}` === location.hash);

  function mark(place, focus = true) {
    if (!rows.length) return;
    rows[at]?.classList.remove("here");
    at = Math.max(0, Math.min(rows.length - 1, place));
    rows[at].classList.add("here");
    if (focus) {
      find("[data-open]", rows[at]).focus({ preventScroll: true });
      rows[at].scrollIntoView({ block: "nearest" });
    }
  }

  function count() {
    const chosen = boxes.filter((box) => box?.checked).length;
    if (told) told.textContent = chosen ? `With ${chosen} chosen` : "With the chosen lines";
    for (const button of list?.querySelectorAll("[data-acts] button") ?? []) button.disabled = !chosen && !find("[data-whole]:checked");
    for (const [place, row] of rows.entries()) row.classList.toggle("chosen", Boolean(boxes[place]?.checked));
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  }

  function choose(place) {
    const box = boxes[place];
    if (!box) return;
    box.checked = !box.checked;
    count();
  }

  // what an action is for: the chosen lines, or the one the keys speak of
  function ready() {
    if (!list) return true;
    if (!boxes.some((box) => box?.checked) && at >= 0 && boxes[at]) boxes[at].checked = true;
    count();
    return boxes.some((box) => box?.checked) || Boolean(find("[data-whole]:checked"));
  }

  const follow = (what) => {
    const link = find(what);
    if (link) location.assign(link.href);
    return Boolean(link);
  };
  const KEYS = {
    j: () => (rows.length ? (mark(at + 1), true) : follow("[rel=next]")),
    k: () => (rows.length ? (mark(at < 0 ? 0 : at - 1), true) : follow("[rel=prev]")),
    ArrowDown: () => rows.length > 0 && at >= 0 && (mark(at + 1), true),
    ArrowUp: () => rows.length > 0 && at >= 0 && (mark(at - 1), true),
    x: () => at >= 0 && (choose(at), true),
    a: () => {
      const button = find("[data-act=assign]");
      if (button && ready()) button.click();
      return Boolean(button);
    },
    d: () => {
      const why = find("[data-why]");
      if (why && ready()) why.focus();
      return Boolean(why);
    },
    f: () => {
      const field = find("#field");
      field?.focus();
      return Boolean(field);
    },
    u: () => follow("[data-up]"),
    "/": () => {
      const words = find("[data-find]");
      words?.focus();
      return Boolean(words);
    },
    "?": () => (dialog?.showModal(), Boolean(dialog)),
  };

  function writes(element) {
    return element.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
    if (writes(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const does = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
    if (does && (event.key === "?" || !localStorage.getItem(OFF)) && does()) event.preventDefault();
  });

  // Enter in the reason is the dismissal that `d` began, not whichever button stands first
  find("input[data-why]")?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find("[data-act=dismiss]")?.click();
  });

  for (const [place, row] of rows.entries()) row.addEventListener("focusin", () => mark(place, false));
  list?.addEventListener("change", (event) => {
    if (event.target === all) for (const box of boxes) if (box) box.checked = all.checked;
    count();
  });
  if (all) all.hidden = false;
  for (const button of document.querySelectorAll("[data-keys-open]")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog?.showModal());
  }
  const on = find("[data-keys-on]");
  if (on) {
    on.closest("label").hidden = false;
    on.checked = !localStorage.getItem(OFF);
    on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  }
  if (at >= 0) mark(at);
  count();

  // at a phone's width the lines come first
  const fold = find("[data-fold]");
  if (fold && matchMedia("(max-width: 44rem)").matches) fold.open = false;

  // addresses without what is not asked for
  find("[data-filters]")?.addEventListener("submit", (event) => {
    for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
  });
  window.addEventListener("pageshow", () => {
    for (const field of find("[data-filters]")?.elements ?? []) field.disabled = false;
    count();
  });

  // what the chosen field says now, to be changed rather than typed anew
  const field = find("[data-fix] select");
  field?.addEventListener("change", () => {
    const chosen = field.selectedOptions[0];
    const now = find("[data-fix] [name=now]");
    now.value = chosen.dataset.now ?? "";
    if (chosen.dataset.help) find("[data-field-help]").textContent = `Written ${chosen.dataset.help}.`;
    now.select();
  });
})();
