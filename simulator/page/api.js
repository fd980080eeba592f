// The people's side of the simulator over HTTP, and its live events.

/** An answer of the server that is not a success. */
export class ApiError extends Error {}

let skew = 0;

/** Seconds since the epoch as the server's clock has it (the Date header corrects a wrong clock of ours). */
export const serverNow = () => Date.now() / 1000 - skew;

function learnSkew(answer) {
  const date = Date.parse(answer.headers.get("Date") || "");
  if (Number.isNaN(date)) return;
  const off = Date.now() / 1000 - (date / 1000 + 0.5);
  skew = Math.abs(off) < 2 ? 0 : off;
}

async function ask(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new ApiError("");
  }
  learnSkew(answer);
  const text = await answer.text();
  if (!answer.ok) throw new ApiError(reason(text) || String(answer.status));
  return text ? JSON.parse(text) : {};
}

function reason(text) {
  try {
    const data = JSON.parse(text);
    return data.error || data.description || data.message || text;
  } catch {
    return text.slice(0, 200);
  }
}

const get = (path) => ask("GET", path);
const act = (person, verb, body) => ask("POST", `/sim/people/${person}/${verb}`, body);

export const api = {
  state: () => get("/sim/state"),
  chat: (chat, person, before, limit = 50) =>
    get(`/sim/chats/${chat}?person=${person}&limit=${limit}${before ? `&before=${before}` : ""}`),
  addPerson: (person) => ask("POST", "/sim/people", person),
  change: (person, fields) => ask("PATCH", `/sim/people/${person}`, fields),
  say: (person, body) => act(person, "say", body),
  start: (person, payload) => act(person, "start", { payload }),
  tap: (person, body) => act(person, "tap", body),
  send: (person, body) => act(person, "send", body),
  edit: (person, body) => act(person, "edit", body),
  forward: (person, body) => act(person, "forward", body),
  react: (person, body) => act(person, "react", body),
  remove: (person, body) => act(person, "delete", body),
  pin: (person, body) => act(person, "pin", body),
  webapp: (person, url) => act(person, "webapp", { url }),
  addGroup: (title, members, bots) => ask("POST", "/sim/groups", { title, members, bots }),
  groupDeed: (group, deed, body) => ask("POST", `/sim/groups/${group}/${deed}`, body),
  join: (group, person) => ask("POST", `/sim/groups/${group}/join`, { person }),
  leave: (group, person) => ask("POST", `/sim/groups/${group}/leave`, { person }),
  loseFile: (file) => ask("PUT", `/sim/files/${encodeURIComponent(file)}`, { gone: true }),
  clock: (body) => ask("POST", "/sim/clock", body),
  journal: (after = 0, limit = 200) => get(`/sim/journal?after=${after}&limit=${limit}`),
  faults: () => get("/sim/faults"),
  setFaults: (faults) => ask("PUT", "/sim/faults", faults),
};

/** Listen to the live events for ever; `onOpen` is called at each (re)connection, `onLost` when one breaks. */
export function listen(onEvent, onOpen, onLost) {
  let wait = 500;
  const connect = () => {
    const source = new EventSource("/sim/events");
    source.onopen = () => { wait = 500; onOpen(); };
    source.onmessage = (event) => onEvent(JSON.parse(event.data));
    source.onerror = () => {
      onLost();
      source.close();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 5000);
    };
  };
  connect();
}
