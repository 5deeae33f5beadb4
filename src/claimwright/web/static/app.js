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
