// Batches: files dropped where they belong, how much was sent, how far a check is. Everything works without it.
"use strict";

// Dropping files on a field chooses them; dropping them beside one must not open them in place of the page.
for (const event of ["dragover", "drop"]) {
  window.addEventListener(event, (over) => { if (document.querySelector("[data-upload]")) over.preventDefault(); });
}
for (const place of document.querySelectorAll("[data-drop]")) {
  const input = place.querySelector("input");
  const over = (is) => place.classList.toggle("over", is);
  place.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  place.addEventListener("dragleave", () => over(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    const both = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) both.items.add(file);
    input.files = both.files;
  });
}

const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;

for (const form of document.querySelectorAll("[data-upload]")) {
  const told = document.getElementById("told");
  const sending = form.querySelector(".sending");
  const bar = sending.querySelector("progress");
  const send = form.querySelector(".send");
  const wrong = (what, help) => {
    const line = document.createElement("p");
    line.className = "wrong";
    line.setAttribute("role", "alert");
    const bold = document.createElement("b");
    bold.textContent = what.charAt(0).toUpperCase() + what.slice(1) + ". ";
    line.append(bold, help ? help.charAt(0).toUpperCase() + help.slice(1) + "." : "");
    told.replaceChildren(line);
    sending.hidden = true;
    send.hidden = false;
    told.scrollIntoView({ block: "nearest" });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    const whole = files.reduce((sum, file) => sum + file.size, 0);
    if (whole > Number(form.dataset.limit)) {
      wrong(`more than ${size(Number(form.dataset.limit))} are not taken at once`, "hand the files in in several batches");
      return;
    }
    told.replaceChildren();
    sending.hidden = false;
    send.hidden = true;
    const call = new XMLHttpRequest();
    call.open("POST", form.action);
    call.setRequestHeader("Accept", "application/json");
    call.setRequestHeader("X-CSRF", document.body.dataset.csrf);
    call.responseType = "json";
    call.upload.addEventListener("progress", (now) => {
      bar.max = now.total || 1;
      bar.value = now.loaded;
      sending.querySelector("[data-sent]").textContent =
        now.loaded < now.total ? `${size(now.loaded)} of ${size(now.total)} sent` : "All sent; the server looks the files over";
    });
    call.addEventListener("load", () => {
      if (call.status === 200 && call.response) location.assign(call.response.to);
      else if (call.response && call.response.what) wrong(call.response.what, call.response.help);
      else wrong("this could not be taken in", "load the page again, sign in if it asks you to, and send the files anew");
    });
    call.addEventListener("error", () => wrong("the server could not be reached", "see that it runs, then send the files again"));
    call.addEventListener("abort", () => wrong("sending was stopped", "nothing was kept"));
    sending.querySelector("[data-stop]").onclick = () => call.abort();
    call.send(new FormData(form));
  });
}

for (const waits of document.querySelectorAll("[data-waits]")) {
  const bar = waits.querySelector("progress");
  const doing = waits.querySelector("[data-doing]");
  const state = waits.dataset.state;
  const said = (now) => {
    if (now.state === "queued") return now.ahead ? `${now.ahead} ${now.ahead === 1 ? "batch" : "batches"} before it.` : "It is next.";
    const percent = now.total ? `, ${Math.floor(100 * now.done / now.total)} %` : "";
    return now.doing ? now.doing.charAt(0).toUpperCase() + now.doing.slice(1) + percent : "Beginning";
  };
  const ask = async () => {
    try {
      const answer = await fetch(waits.dataset.waits, { headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) { location.reload(); return; }
      const now = await answer.json();
      if (now.state !== state) { location.reload(); return; }
      const words = said(now);
      if (doing.textContent !== words) doing.textContent = words;
      if (now.state === "running" && now.total) { bar.max = now.total; bar.value = now.done; } else bar.removeAttribute("value");
      setTimeout(ask, 1000);
    } catch {
      doing.textContent = "The server cannot be reached; trying again";
      setTimeout(ask, 4000);
    }
  };
  setTimeout(ask, 700);
}
