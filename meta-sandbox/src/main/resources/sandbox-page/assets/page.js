"use strict";
// htmx does the work; this is what it can't know

// The doors below /_sandbox take JSON: a button's own body, or the fields of a form.
htmx.defineExtension("json", {
  onEvent(name, event) {
    if (name === "htmx:configRequest") event.detail.headers["Content-Type"] = "application/json";
  },
  encodeParameters(_request, parameters, element) {
    return element.dataset.body || JSON.stringify(Object.fromEntries(Object.entries(parameters)));
  },
});

const live = document.getElementById("live");
const problem = document.getElementById("problem");
const pause = document.getElementById("pause");
let paused = false;

const say = (word, tone) => {
  if (live.textContent !== word) live.textContent = word;
  live.dataset.tone = tone;
};

// Whoever reads wants the page to stand still; what was missed comes with the reload.
pause.addEventListener("click", () => {
  if (paused) { location.reload(); return; }
  paused = true;
  pause.setAttribute("aria-pressed", "true");
  pause.textContent = "Go on";
  say("paused", "waiting");
});
document.addEventListener("htmx:sseBeforeMessage", (event) => { if (paused) event.preventDefault(); });
document.addEventListener("htmx:sseOpen", () => { if (!paused) say("live", "good"); });
document.addEventListener("htmx:sseError", () => { if (!paused) say("no connection", "bad"); });

const complain = (text) => { problem.textContent = text; problem.hidden = false; };
document.addEventListener("htmx:sendError", () => complain("The sandbox doesn’t answer."));
document.addEventListener("htmx:responseError", (event) => {
  let reason = "";
  try { reason = JSON.parse(event.detail.xhr.responseText).error.message; } catch { /* not JSON */ }
  complain(`That wasn’t possible. ${reason}`);
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  problem.hidden = true;
  const form = event.detail.elt.closest("form");
  if (form) {
    form.reset();
    const bubbles = document.getElementById("bubbles");
    if (bubbles) htmx.trigger(bubbles, "sse:customers");
  }
});

// newest messages are at the bottom
const toBottom = () => {
  const list = document.querySelector("#bubbles ol");
  if (list) list.scrollTop = list.scrollHeight;
};
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.closest("#conversation")) toBottom();
  const heading = event.target.querySelector("[data-focus]");
  if (heading && event.target.id === "members") heading.focus();
});
toBottom();

// a picture that can't be loaded leaves its place to the placeholder behind it
const withoutPicture = (image) => { if (image.matches(".picture img")) image.hidden = true; };
document.addEventListener("error", (event) => {
  if (event.target instanceof HTMLImageElement) withoutPicture(event.target);
}, true);
document.querySelectorAll(".picture img").forEach((image) => {
  if (image.complete && image.naturalWidth === 0) withoutPicture(image);
});

// the sandbox's clock ticks here and is told only when it is moved
const clock = () => document.getElementById("time");
const tick = () => {
  if (paused || !clock()) return;
  const now = new Date(Date.now() + Number(clock().dataset.offset));
  clock().textContent = now.toISOString().slice(0, 19).replace("T", " ");
};
tick();
document.addEventListener("htmx:afterSettle", tick);
setInterval(tick, 1000);
document.querySelectorAll("[data-clock]").forEach((button) => button.addEventListener("click", async () => {
  const offset = Math.round(Number(clock().dataset.offset) / 1000) + Number(button.dataset.clock);
  const answer = await fetch("/_sandbox/clock", {
    method: "PUT", headers: {"Content-Type": "application/json"}, body: JSON.stringify({offset_seconds: offset}),
  }).catch(() => null);
  if (!answer || !answer.ok) complain("The clock couldn’t be moved.");
}));
