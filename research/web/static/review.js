// Keys and a mouse for a review. Without this every key has a button, and words to mask are typed.
"use strict";

const story = document.querySelector("[data-keys]");
const said = document.getElementById("said");

for (const one of document.querySelectorAll("[data-scripts]")) {
  one.hidden = false;
}

const use = (one) => (one.tagName === "BUTTON" ? one.click() : one.focus());

// What is pressed twice is sent once: the second would be of a page that is over by then.
let isSent = false;
document.addEventListener("submit", (event) => {
  if (isSent) {
    event.preventDefault();
  }
  isSent = true;
});
let shownAt = performance.now();
window.addEventListener("pageshow", () => {
  isSent = false;
  shownAt = performance.now();
});

// A story is good once Enter is let go that was pressed on this very page, and not in its first moments: who holds it
// down, or presses it once too often, approves nothing unseen.
const UNSEEN_MS = 1000;
let isPressed = false;

// Only while the story itself has the focus: a letter that is typed elsewhere is a letter.
story.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) {
    return;
  }
  isPressed = event.key === "Enter" && performance.now() - shownAt >= UNSEEN_MS;
  const named = { ArrowRight: '[data-key="n"]', ArrowLeft: '[data-key="p"]' };
  const selector = named[event.key] || (/^[a-zA-Z]$/.test(event.key) ? `[data-key="${event.key}"]` : "");
  const found = selector && document.querySelector(selector);
  if (found) {
    event.preventDefault();
    use(found);
  }
});
story.addEventListener("keyup", (event) => {
  if (event.key === "Enter" && isPressed) {
    isPressed = false;
    use(document.querySelector('button[value="goed"]'));
  }
});
story.addEventListener("focusout", () => {
  isPressed = false;
});

// What is selected in what was told stands in the field.
story.addEventListener("mouseup", () => {
  const words = String(document.getSelection()).trim();
  if (words) {
    said.value = words;
  }
});

// Where words have to be typed anew, or else where a proposal is pointed at, that is where somebody goes on. Without
// either the page stays where it is: what has to be read first stands above the story.
const going = document.querySelector("[autofocus]") ?? document.getElementById(location.hash.slice(1));
(going ?? story).focus({ preventScroll: going === null });
if (going === said) {
  said.select();
}
