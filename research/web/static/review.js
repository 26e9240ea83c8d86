// Keys and a mouse for a review. Without this every key has a button, and words to mask are typed.
"use strict";

const story = document.querySelector("[data-keys]");
const said = document.getElementById("said");

for (const one of document.querySelectorAll("[data-scripts]")) {
  one.hidden = false;
}

const use = (one) => (one.tagName === "BUTTON" ? one.click() : one.focus());

// Only while the story itself has the focus: a letter that is typed elsewhere is a letter.
story.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || !story.contains(event.target)) {
    return;
  }
  const named = { Enter: 'button[value="goed"]', ArrowRight: '[data-key="n"]', ArrowLeft: '[data-key="p"]' };
  const selector = named[event.key] || (/^[a-zA-Z]$/.test(event.key) ? `[data-key="${event.key}"]` : "");
  const found = selector && document.querySelector(selector);
  if (found) {
    event.preventDefault();
    use(found);
  }
});

// What is selected in what was told stands in the field.
story.addEventListener("mouseup", () => {
  const words = String(document.getSelection()).trim();
  if (words) {
    said.value = words;
  }
});

// Where a proposal is pointed at, that is where somebody goes on.
(document.getElementById(location.hash.slice(1)) ?? story).focus();
