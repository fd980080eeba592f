// What the page knows: people, groups, marks and the virtual clock. One copy, told to whoever listens.

import { serverNow } from "./api.js";
import { t, weekday } from "./words.js";

export const store = {
  bots: [], people: [], groups: [], marks: [], title: "",
  clock: { now: new Date().toISOString(), real: Date.now() / 1000, speed: 1 },
  first: [],               // the people whose phones were put first by hand
  unread: new Map(),       // person id -> what came while nobody looked
  active: 0,               // the person whose phone a small screen shows
};

const bus = new EventTarget();

/** Call `listener(detail)` whenever `topic` is told. */
export const on = (topic, listener) => bus.addEventListener(topic, (event) => listener(event.detail));
export const tell = (topic, detail) => bus.dispatchEvent(new CustomEvent(topic, { detail }));

export const personOf = (id) => store.people.find((person) => person.id === Number(id));
export const groupOf = (id) => store.groups.find((group) => group.id === Number(id));
export const bot = () => store.bots[0] || { id: 0, username: "", name: "Bot" };
/** The people whose phones lie on the table; those put first by hand stand first. */
export function shownPeople() {
  const place = (person) => (store.first.includes(person.id) ? store.first.indexOf(person.id) : store.first.length);
  return store.people.filter((person) => person.shown).sort((a, b) => place(a) - place(b));
}

/** Put a person's phone at the left end (in this tab). */
export function putFirst(id) {
  store.first = [id, ...store.first.filter((one) => one !== id)];
  try { sessionStorage.setItem("simulator.first", JSON.stringify(store.first)); } catch { /* private mode */ }
  tell("order");
}

/** The order chosen before the page was loaded anew. */
export function rememberOrder() {
  try { store.first = JSON.parse(sessionStorage.getItem("simulator.first")) || []; } catch { store.first = []; }
}

/** The ids of a group's members, however the server spells them. */
export const membersOf = (group) => (group.members || []).map((member) => member.id ?? member);
export const groupsOf = (person) => store.groups.filter((group) => membersOf(group).includes(person));

/** Count something that came for a person who is not being looked at. */
export function countUnread(person, n = 1) {
  store.unread.set(person, n === 0 ? 0 : (store.unread.get(person) || 0) + n);
  tell("unread", person);
}

// ---- the virtual clock --------------------------------------------------------------------------------

/** Minutes east of UTC in an ISO time ("…+08:00" is 480). */
export function offsetOf(iso) {
  const found = /([+-])(\d\d):?(\d\d)$/.exec(iso || "");
  if (!found) return 0;
  return (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3]));
}

/** The virtual now in milliseconds since the epoch. */
export function virtualNow() {
  const { now, real, speed } = store.clock;
  return Date.parse(now) + Math.max(0, serverNow() - real) * 1000 * speed;
}

const two = (number) => String(number).padStart(2, "0");

/** The parts of a moment (ms since the epoch) as the class's wall clock shows them. */
export function wall(ms) {
  const date = new Date(ms + offsetOf(store.clock.now) * 60000);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay(),
    hm: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`, seconds: two(date.getUTCSeconds()),
    key: date.toISOString().slice(0, 10),
  };
}

/** "3月15日 周一" or "Mon 15 Mar". */
export function dayLabel(ms) {
  const part = wall(ms);
  if (document.documentElement.lang === "en") {
    const month = new Date(Date.UTC(2000, part.month - 1, 1)).toLocaleString("en", { month: "short", timeZone: "UTC" });
    return `${weekday(part.weekday)} ${part.day} ${month}`;
  }
  return `${part.month}月${part.day}日 ${weekday(part.weekday)}`;
}

/** "今天" for the virtual today, else the day's date. */
export function dayTitle(ms) {
  const label = dayLabel(ms);
  return wall(ms).key === wall(virtualNow()).key ? `${t("today")} · ${label}` : label;
}

/** The marks that lie after now, soonest first. */
export function comingMarks() {
  const now = virtualNow();
  return store.marks
    .map((mark) => ({ ...mark, ms: Date.parse(mark.at) }))
    .filter((mark) => mark.ms > now)
    .sort((a, b) => a.ms - b.ms);
}

/** "5 分钟后" and the like for a moment after now. */
export function howSoon(ms) {
  const minutes = Math.round((ms - virtualNow()) / 60000);
  if (minutes < 1) return t("soon");
  if (minutes < 60) return t("inMin", { n: minutes });
  if (minutes < 60 * 36) return t("inHour", { n: Math.round(minutes / 60) });
  return t("inDay", { n: Math.round(minutes / 1440) });
}
