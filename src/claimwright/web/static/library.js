// A policy's page: its days as a slider, and its code lists narrowed while typing. Both are forms without scripts.
"use strict";

(() => {
  const form = document.querySelector("form[data-days]");
  if (form) slide(form);
  const narrow = document.querySelector("form[data-narrow]");
  if (narrow) narrowed(narrow);

  function slide(form) {
    const days = form.dataset.days.split(" ");
    const select = form.querySelector("select");
    const range = document.createElement("input");
    Object.assign(range, { type: "range", min: 0, max: days.length - 1, step: 1, id: "on-range" });
    range.value = days.indexOf(form.dataset.chosen);
    const said = document.createElement("output");
    said.htmlFor = "on-range";
    const marks = document.createElement("datalist");
    marks.id = "on-days";
    marks.append(...days.map((_, at) => Object.assign(document.createElement("option"), { value: at })));
    range.setAttribute("list", marks.id);
    form.querySelector("label").htmlFor = "on-range";
    form.querySelector("button").hidden = true;
    select.hidden = true;
    form.append(range, said, marks);
    form.addEventListener("submit", (event) => event.preventDefault());

    let under = null;
    const tell = () => {
      const option = select.options[range.value];
      said.textContent = option.textContent;
      range.setAttribute("aria-valuetext", option.textContent);
    };
    const show = async () => {
      const day = days[range.value];
      under?.abort();
      under = new AbortController();
      const address = `${location.pathname}?on=${day}`;
      try {
        const answer = await fetch(address, { headers: { "X-Part": "day" }, signal: under.signal });
        if (!answer.ok) { location.href = address; return; }
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.getElementById("on-day").replaceWith(page.getElementById("on-day"));
        history.replaceState(null, "", `${address}#on-a-day`);
      } catch (error) {
        if (error.name !== "AbortError") location.href = address;
      }
    };
    range.addEventListener("input", () => { tell(); show(); });
    tell();
  }

  function narrowed(form) {
    const field = form.querySelector("input[type=search]");
    if (field.value) return; // the server left rows out; it has to be asked again
    form.querySelector("button").hidden = true;
    form.addEventListener("submit", (event) => event.preventDefault());
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toUpperCase().replaceAll(".", "");
      for (const table of document.querySelectorAll(`table.${form.dataset.narrow}`)) {
        const section = table.closest(".scroll");
        const named = section.previousElementSibling.textContent.toUpperCase().includes(wanted);
        for (const row of table.tBodies[0].rows)
          row.hidden = !named && !row.cells[0].textContent.trim().replaceAll(".", "").startsWith(wanted);
      }
    });
  }
})();
