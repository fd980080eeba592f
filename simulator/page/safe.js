// The server's `html` of a message, once more through a sieve: known tags and harmless attributes only.

const TAGS = new Set([
  "A", "B", "STRONG", "I", "EM", "U", "INS", "S", "STRIKE", "DEL", "CODE", "PRE", "BLOCKQUOTE", "SPAN", "BR",
  "TIME", "TG-SPOILER", "TG-EMOJI", "TG-TIME",
]);
const ATTRIBUTES = new Set(["class", "expandable", "datetime", "title"]);
const LINKS = /^(https?:|tg:|mailto:|tel:)/i;

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE) to.append(TAGS.has(node.tagName) ? element(node) : contents(node));
  }
  return to;
}

const contents = (node) => copy(node, document.createDocumentFragment());

function element(node) {
  const made = document.createElement(node.tagName.toLowerCase());
  for (const { name, value } of node.attributes) {
    if (ATTRIBUTES.has(name) || name.startsWith("data-")) made.setAttribute(name, value);
    if (name === "href" && LINKS.test(value)) {
      made.setAttribute("href", value);
      made.setAttribute("target", "_blank");
      made.setAttribute("rel", "noopener noreferrer");
    }
  }
  return copy(node, made);
}

/** A document fragment of the server's safe HTML. */
export function safeHtml(html) {
  const template = document.createElement("template");
  template.innerHTML = html || "";
  return contents(template.content);
}
