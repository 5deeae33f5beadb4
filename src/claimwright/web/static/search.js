// The search box of the header: results while typing. Without scripts the same form leads to the page of results.
"use strict";

(() => {
  const box = document.querySelector("input[data-search]");
  if (!box) return;
  const list = document.createElement("ul");
  list.id = "search-results";
  list.className = "results";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Results");
  list.hidden = true;
  box.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list",
  })) box.setAttribute(name, value);

  let waiting = 0, asked = "", under = null, chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (at) => {
    const options = list.children;
    if (!options.length) return;
    if (chosen >= 0) options[chosen].setAttribute("aria-selected", "false");
    chosen = (at + options.length) % options.length;
    options[chosen].setAttribute("aria-selected", "true");
    options[chosen].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[chosen].id);
  };

  const part = (kind, text) => {
    const made = document.createElement("span");
    made.className = kind;
    made.textContent = text;
    return made;
  };

  const show = (found) => {
    list.replaceChildren(...found.map((one, at) => {
      const option = document.createElement("li");
      option.id = `search-result-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.path = one.path;
      option.append(part("kind", one.kind), part("code", one.name), part("title", one.title));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); location.href = one.path; });
      option.addEventListener("mousemove", () => choose(at));
      return option;
    }));
    chosen = -1;
    list.hidden = !found.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
    box.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    const words = box.value.trim();
    if (words === asked && !list.hidden) return;
    asked = words;
    under?.abort();
    if (!words) { close(); return; }
    under = new AbortController();
    try {
      const answer = await fetch(`/search.json?q=${encodeURIComponent(words)}`, { signal: under.signal });
      if (answer.ok && box.value.trim() === words && document.activeElement === box) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 90); });
  box.addEventListener("focus", ask);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (!list.hidden) { event.preventDefault(); close(); }
    } else if (list.hidden) {
      if (event.key === "ArrowDown") { asked = ""; ask(); }
    } else if (event.key === "ArrowDown") { event.preventDefault(); choose(chosen + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); choose(chosen < 0 ? -1 : chosen - 1); }
    else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.href = list.children[chosen].dataset.path;
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
})();
