// Shows how far an export is, until it is ready, and that it was downloaded. Without this the page has a link to look
// again, and shows what was when it is opened again.
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

// A download leaves the page as it was.
document.addEventListener("submit", (event) => {
  if ("takes" in event.target.dataset) {
    document.getElementById("stand").dataset.busy = "";
    setTimeout(look, EVERY);
  }
});
