// Copies an address or a message, or hands it to another app. Where a browser can do neither, no button is shown.
"use strict";

for (const place of document.querySelectorAll("[data-pass-on]")) {
  const text = place.dataset.passOn;
  const [copy, share] = place.querySelectorAll("button");
  const said = place.querySelector("[role=status]");

  copy.hidden = !navigator.clipboard;
  share.hidden = !navigator.share;
  place.hidden = copy.hidden && share.hidden;

  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = said.dataset.done;
    } catch {
      said.textContent = said.dataset.failed;
    }
  });

  // Whoever closes the list of apps again has changed their mind: that is no fault.
  share.addEventListener("click", () => navigator.share({ text }).catch(() => {}));
}
