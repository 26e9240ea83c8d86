// What a browser with scripts does better: answers without a new page, words that stay when the connection is gone, and
// a voice that reads aloud. Without it every form works by itself. Nothing is kept but what stands on the page.
"use strict";

(() => {
  const box = document.getElementById("conversation");
  const voice = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const longest = 30 * 1000;

  // The same form, sent again, has the same number: the server takes it once.
  async function send(form, button) {
    const fields = new URLSearchParams(new FormData(form));
    if (button && button.name) fields.set(button.name, button.value);
    const patience = new AbortController();
    const late = setTimeout(() => patience.abort(), longest);
    busy(form, true);
    try {
      const answer = await fetch(form.action, { method: "POST", body: fields, headers: { "x-part": "1" }, credentials: "same-origin", signal: patience.signal });
      const words = await answer.text();
      if (words.includes('class="talk"')) return show(words);
      // The device was locked meanwhile. The words go along to the page on which it is opened.
      if (answer.redirected && new URL(answer.url).pathname === "/bezoek/slot") return form.submit();
      // Another page of ours asks something first: only a site of our own can be come to so.
      if (answer.redirected) return location.assign(answer.url);
      // Not from the chat itself, or a refusal: a program in between whose way is shut. Another page would lose the words.
      busy(form, false);
      tell(form, refusal(words) || box.dataset.failed);
    } catch {
      busy(form, false);
      away(form);
    } finally {
      clearTimeout(late);
    }
  }

  // The answer brings a new field: nothing is typed in the old one meanwhile.
  function busy(form, is) {
    form.elements.words.readOnly = is;
    form.classList.toggle("busy", is);
    form.dataset.busy = is ? "1" : "";
    form.setAttribute("aria-busy", String(is));
  }

  // A chat that starts anew is gone for a moment too, and then there is nothing wrong with the device.
  function away(form) {
    tell(form, navigator.onLine ? box.dataset.failed : box.dataset.away);
  }

  function tell(form, words) {
    let note = form.querySelector("[data-away-note]");
    if (!note) {
      note = document.createElement("p");
      note.className = "note";
      note.setAttribute("role", "alert");
      note.dataset.awayNote = "";
      form.querySelector(".answer").before(note);
    }
    note.textContent = words;
  }

  function refusal(words) {
    return new DOMParser().parseFromString(words, "text/html").querySelector(".page .large")?.innerText;
  }

  // Only what is new goes into the list that a screen reader listens to.
  function show(words) {
    const fresh = new DOMParser().parseFromString(words, "text/html").querySelector("form.talk");
    const form = box.querySelector("form");
    const log = form.querySelector(".log");
    const wanted = [...fresh.querySelectorAll(".log > li")];
    const ids = new Set(wanted.map((item) => item.id));
    for (const item of [...log.children]) if (!ids.has(item.id)) item.remove();
    const said = [];
    for (const sound of log.querySelectorAll("audio")) sound.pause();
    for (const item of wanted) {
      const old = document.getElementById(item.id);
      if (old && old.innerHTML === item.innerHTML) continue;
      if (old && bare(old) === bare(item)) { old.replaceWith(item); continue; }
      if (old) old.replaceWith(item); else log.append(item);
      said.push(item);
    }
    const told = document.querySelector(".visit .told");
    if (told && fresh.dataset.told && told.textContent !== fresh.dataset.told) told.textContent = fresh.dataset.told;
    for (const note of form.querySelectorAll(".note")) note.remove();
    form.querySelector(".answer").replaceWith(...fresh.querySelectorAll(".note, .answer"));
    for (const name of ["token", "number", "seen"]) form.elements[name].value = fresh.elements[name].value;
    busy(form, false);
    ready();
    const first = said.find((item) => item.classList.contains("said"));
    if (first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
      first.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
    }
  }

  function bare(item) {
    return item.querySelector("p").innerHTML;
  }

  // A person reads where there is a file with sound, else a voice of the device itself: nothing of what is read goes
  // anywhere. Where no Dutch voice is of the device itself, there is no button.
  function ready() {
    const can = speaks();
    for (const item of box.querySelectorAll(".said")) {
      const sound = item.querySelector("audio");
      const old = item.querySelector(".aloud");
      if (old && !(sound || can)) old.remove();
      if (old || !(sound || can)) continue;
      if (sound) sound.hidden = true;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "aloud";
      button.textContent = `🔊 ${box.dataset.aloud}`;
      button.addEventListener("click", () => (sound ? play(sound, item, button) : speak(item, button)));
      item.querySelector("p").after(button);
    }
  }

  function dutch() {
    return speechSynthesis.getVoices().find((one) => one.localService && one.lang.slice(0, 2).toLowerCase() === "nl");
  }

  // Where none is known it may still come, or the device does not say which it has.
  function speaks() {
    return voice && (speechSynthesis.getVoices().length === 0 || Boolean(dutch()));
  }

  function play(sound, item, button) {
    if (!sound.paused) return void sound.pause();
    hush();
    sound.currentTime = 0;
    sound.onpause = sound.onended = () => done(button);
    sound.onplay = () => begun(button);
    sound.play().catch(() => { done(button); if (speaks()) speak(item, button); });
  }

  function hush() {
    if (voice) speechSynthesis.cancel();
    for (const sound of box.querySelectorAll("audio")) sound.pause();
  }

  function begun(button) {
    button.dataset.speaking = "1";
    button.textContent = `⏹ ${box.dataset.hush}`;
  }

  function done(button) {
    delete button.dataset.speaking;
    button.textContent = `🔊 ${box.dataset.aloud}`;
  }

  function speak(item, button) {
    if (!speaks()) return ready();
    const stops = speechSynthesis.speaking && button.dataset.speaking;
    hush();
    if (stops) return;
    const spoken = new SpeechSynthesisUtterance(item.querySelector("p").textContent);
    spoken.lang = "nl-NL";
    const found = dutch();
    if (found) spoken.voice = found;
    begun(button);
    spoken.onend = spoken.onerror = () => done(button);
    speechSynthesis.speak(spoken);
  }

  // What is read beside the conversation comes over it: whoever goes to another page and back loses the words in the
  // field, which are kept nowhere else. The numbers of help stand on the page already, for who has no connection.
  async function readBeside(link) {
    const form = box.querySelector("form");
    if (document.querySelector("dialog.over")) return;
    if (link.matches('[href="/hulp"]')) return layOver(document.getElementById("help").content.firstElementChild.cloneNode(true));
    try {
      const answer = await fetch(link.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main .page");
      if (page) layOver(page); else tell(form, box.dataset.failed);
    } catch {
      away(form);
    }
  }

  // Two quick taps ask twice, and get one.
  function layOver(page) {
    if (document.querySelector("dialog.over")) return;
    const over = document.createElement("dialog");
    page.querySelector("h1").id = "over";
    over.className = "over";
    over.setAttribute("aria-labelledby", "over");
    over.append(page);
    page.querySelector('a[href^="/gesprek"]').addEventListener("click", (event) => { event.preventDefault(); over.close(); });
    over.addEventListener("close", () => over.remove());
    document.body.append(over);
    over.showModal();
    over.scrollTop = 0;
  }

  addEventListener("click", (event) => {
    const link = event.target.closest("header a, footer a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    if (link.matches('[href^="/gesprek"]')) document.getElementById("antwoord").scrollIntoView({ block: "start" });
    else readBeside(link);
  });

  box.addEventListener("submit", (event) => {
    const form = event.target;
    // An old browser does not say which button was used: it sends the form by itself, as without this file.
    if (!("submitter" in event)) return;
    event.preventDefault();
    if (!form.dataset.busy) send(form, event.submitter);
  });

  // A page that a browser kept for its back button may be somebody else's by now: it is asked for anew.
  addEventListener("pagehide", () => { box.hidden = true; });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // Some know their voices only later.
  if (voice) speechSynthesis.addEventListener?.("voiceschanged", ready);
  ready();
})();
