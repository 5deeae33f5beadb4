// What makes the pages better where scripts run. Every page works without it.
"use strict";

for (const time of document.querySelectorAll("time[data-local]")) {
  const at = new Date(time.dateTime);
  time.title = time.textContent;
  time.textContent = at.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}

// What is shown once can be copied with one press.
for (const shown of document.querySelectorAll("[data-copy]")) {
  shown.addEventListener("focus", () => shown.select());
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button second";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(shown.value);
    button.textContent = "Copied";
  });
  shown.after(button);
}

// A table that is wider than the window is reached by the keyboard, and only then.
(() => {
  const wide = () => {
    for (const place of document.querySelectorAll(".scroll")) {
      if (place.scrollWidth > place.clientWidth) {
        place.tabIndex = 0;
        place.setAttribute("role", "group");
        if (!place.hasAttribute("aria-label")) place.setAttribute("aria-label", place.querySelector("caption")?.textContent.trim() || "Table");
      } else if (place.getAttribute("role") === "group") {
        place.removeAttribute("tabindex");
      }
    }
  };
  document.addEventListener("DOMContentLoaded", wide);
  window.addEventListener("resize", wide);
  document.addEventListener("toggle", wide, true);
})();
