// A device on which many tell, one after another: where nobody moves for a while it asks whether anybody is there, and
// then begins anew, or is locked where a helper goes from one to the next. Without this file the pages go there by themselves; the server shows nobody what was left in any case.
"use strict";

(() => {
  const asked = document.getElementById("quiet");
  const main = document.getElementById("inhoud");
  const count = asked.querySelector(".left b");
  const quiet = Number(asked.dataset.quiet) * 1000;
  const warned = Number(asked.dataset.warned) * 1000;
  const often = warned / 2;
  let moved = Date.now();
  let noted = 0;
  let leaving = false;

  // On a welcome page nothing is anybody's: it may stand there all day.
  function begun() {
    const field = document.getElementById("words");
    return !field || field.value !== "" || Boolean(document.querySelector("[data-begun]"));
  }

  function listening() {
    const playing = [...document.querySelectorAll("audio")].some((sound) => !sound.paused);
    return playing || ("speechSynthesis" in window && speechSynthesis.speaking);
  }

  function here() {
    if (leaving || !asked.hidden) return;
    moved = Date.now();
    if (begun() && moved - noted > often) note();
  }

  // The server hears of who types or reads. It may have waited longer than this page was seen: then it shows nothing.
  async function note() {
    noted = Date.now();
    try {
      const answer = await fetch("/aanwezig", { method: "POST", credentials: "same-origin" });
      if (answer.redirected) leave();
    } catch { /* without a connection the next move tries again */ }
  }

  function warn(left) {
    count.textContent = String(left);
    if (!asked.hidden) return;
    asked.hidden = false;
    if (asked.showModal) asked.showModal(); else asked.setAttribute("open", "");
    asked.querySelector("button").focus();
  }

  function stay() {
    if (asked.close) asked.close(); else asked.removeAttribute("open");
    asked.hidden = true;
    here();
  }

  // What stands in the field of a device that is locked, and is there again for who opens it.
  function unsent() {
    const form = document.querySelector("form.talk");
    if (!("locks" in asked.dataset) || !form || !form.elements.words.value) return null;
    return Object.fromEntries(["token", "number", "words"].map((name) => [name, form.elements[name].value]));
  }

  function lock(fields) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = asked.dataset.home;
    for (const [name, value] of Object.entries(fields)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }

  // Also without a connection nothing stays on the screen.
  async function leave(fields = unsent()) {
    leaving = true;
    main.textContent = "";
    if (asked.open && asked.close) asked.close();
    asked.hidden = true;
    try {
      await fetch("/aanwezig", { method: "POST", credentials: "same-origin" });
      if (fields) lock(fields); else location.replace(asked.dataset.home);
    } catch {
      setTimeout(leave, 5000, fields);
    }
  }

  // By the clock and not by a count: a device that slept looks at once how long that was.
  function look() {
    if (leaving) return;
    if (!begun()) { moved = Date.now(); return; }
    if (listening()) here();
    const left = moved + quiet - Date.now();
    if (left <= 0) leave();
    else if (left <= warned) warn(Math.ceil(left / 1000));
  }

  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    addEventListener(kind, here, { capture: true, passive: true });
  }
  asked.querySelector("button").addEventListener("click", stay);
  asked.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  document.addEventListener("visibilitychange", look);
  setInterval(look, 1000);
  if (begun()) note();
})();
