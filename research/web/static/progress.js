// Shows how far an export is, until it is ready. Without this the page has a link to look again.
"use strict";

const EVERY = 1500;

const look = async () => {
  const shown = document.getElementById("stand");
  if (!shown || !("busy" in shown.dataset)) {
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("stand");
    if (!now) {
      location.reload();
      return;
    }
    shown.replaceWith(now);
    document.title = page.title;
    if (!("busy" in now.dataset)) {
      now.tabIndex = -1;
      now.focus();
    }
  } catch {
    // The connection is away for a moment: it is asked again.
  }
  setTimeout(look, EVERY);
};

setTimeout(look, EVERY);
