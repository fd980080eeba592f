// Keeps the projector page up to date: fetches the same piece of page again, and never lets an old code stand.
"use strict";

const EVERY = 2000, PATIENCE = 5000, BLANK = 90000, LATE = 8000;

const box = document.getElementById("now");
const bar = document.getElementById("bar");
const hand = bar.firstElementChild;
const late = document.getElementById("late");

let shown = "";
let heard = Date.now();
let before = 0;

async function ask() {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const address = location.pathname.replace(/\/$/, "") + "/state";
    const answer = await fetch(address, { cache: "no-store", signal: giveUp.signal });
    if (answer.status === 410) return location.reload(); // the link has ended: the server says so in words
    if (!answer.ok) throw new Error(String(answer.status));
    return await answer.json();
  } finally {
    clearTimeout(timer);
  }
}

function show(said) {
  heard = Date.now();
  if (said.html !== shown) {
    box.innerHTML = said.html;
    shown = said.html;
  }
  late.hidden = true;
  run(said.left, said.step);
}

function run(left, step) {
  bar.hidden = !step;
  hand.className = left > before ? "jump" : "";
  hand.style.transform = `scaleX(${step ? Math.max(0, left / step) : 0})`;
  before = left;
}

function miss() {
  const silent = Date.now() - heard;
  late.hidden = silent < LATE;
  if (silent < BLANK) return;
  for (const old of box.querySelectorAll(".key svg")) old.remove();
  bar.hidden = true;
  shown = "";
}

async function turn() {
  let wait = EVERY;
  try {
    const said = await ask();
    if (!said) return;
    show(said);
    if (said.step) wait = Math.min(EVERY, Math.max(250, said.left * 1000 + 60)); // new digits come at once
  } catch (trouble) {
    miss();
  }
  setTimeout(turn, wait);
}

if (navigator.wakeLock) navigator.wakeLock.request("screen").catch(() => {}); // a projector should not fall asleep
run(Number(box.dataset.left), Number(box.dataset.step));
turn();
