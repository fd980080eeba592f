// Bars made of block letters (▓▓▓░░): drawn cell by cell, so that they look the same with every font.

const BAR = /[█▉▊▋▌▍▎▏▓▒░■□▰▱]{3,}/g;
const FULL = "█▓■▰";
const EMPTY = "░□▱";
const EIGHTHS = "▏▎▍▌▋▊▉";

function cell(letter) {
  const el = document.createElement("i");
  const part = EIGHTHS.indexOf(letter) + 1;
  el.className = FULL.includes(letter) ? "on" : EMPTY.includes(letter) ? "off" : part ? `part p${part}` : "half";
  el.textContent = letter;
  return el;
}

function barOf(letters) {
  const bar = document.createElement("span");
  bar.className = "bar";
  bar.append(...[...letters].map(cell));
  return bar;
}

/** Draw the bars in all the text under a node; the letters stay there to be copied. */
export function drawBars(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) if (walker.currentNode.data.search(BAR) >= 0) texts.push(walker.currentNode);
  for (const text of texts) {
    const pieces = [];
    let end = 0;
    for (const hit of text.data.matchAll(BAR)) {
      pieces.push(text.data.slice(end, hit.index), barOf(hit[0]));
      end = hit.index + hit[0].length;
    }
    text.replaceWith(...pieces, text.data.slice(end));
  }
  return root;
}
