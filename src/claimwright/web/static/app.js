// What makes the pages better where scripts run. Every page works without it.
"use strict";

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
