"use strict";
// htmx does the work; this is what it can't know

// Where the sandbox's paths begin: a tenant's stand below its name, whatever page asks for them.
const root = document.body.dataset.root;
document.addEventListener("htmx:configRequest", (event) => { event.detail.path = root + event.detail.path; });

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
let pressed = false;
const held = new Map();

const say = (word, tone) => {
  if (live.textContent !== word) live.textContent = word;
  live.dataset.tone = tone;
};

// Updates wait while somebody has paused the page, and while a button is pressed: one that is
// replaced before it is let go gets no click.
const waits = () => paused || pressed;
const goOn = () => {
  if (waits()) return;
  held.forEach((html, place) => htmx.swap(place, html, {swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0}));
  held.clear();
};
document.addEventListener("htmx:sseBeforeMessage", (event) => {
  if (!waits()) return;
  event.preventDefault();
  held.set(event.target, event.detail.data);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const cause = event.detail.requestConfig.triggeringEvent;
  if (paused && cause && cause.type.startsWith("sse:")) event.preventDefault();
});
document.addEventListener("pointerdown", () => { pressed = true; });
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => setTimeout(() => { pressed = false; goOn(); }, 0));
}
pause.addEventListener("click", () => {
  paused = !paused;
  pause.setAttribute("aria-pressed", String(paused));
  if (paused) { say("paused", "waiting"); return; }
  say("live", "good");
  goOn();
  document.querySelectorAll("[hx-trigger^='sse:']").forEach((place) => htmx.trigger(place, place.getAttribute("hx-trigger")));
});
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
  const answer = await fetch(`${root}/_sandbox/clock`, {
    method: "PUT", headers: {"Content-Type": "application/json"}, body: JSON.stringify({offset_seconds: offset}),
  }).catch(() => null);
  if (!answer || !answer.ok) complain("The clock couldn’t be moved.");
}));
