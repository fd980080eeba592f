// A Mini App inside the phone: an iframe, and the messages it exchanges with the messenger around it.

import { api } from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { t } from "./words.js";

/** Open a Mini App over the phone's screen. */
export async function openWebApp(phone, url, title) {
  const answer = await phone.attempt(() => api.webapp(phone.person.id, url));
  if (!answer?.url) return;
  const frame = h("iframe", { class: "appframe", title: title || t("app"), src: answer.url, sandbox: "allow-scripts allow-forms allow-same-origin allow-popups allow-downloads allow-modals", allow: "clipboard-write" });
  const main = h("button", { type: "button", class: "pill strong wide-button", hidden: true });
  const back = iconButton("reply", t("cancel"), () => post("back_button_pressed"), { hidden: true });
  const origin = new URL(answer.url, location.href).origin;
  const post = (type, data = {}) => frame.contentWindow?.postMessage(JSON.stringify({ eventType: type, eventData: data }), origin);
  const app = { phone, frame, main, back, post };
  const listen = (event) => { if (event.source === frame.contentWindow) hear(app, event.data); };
  main.addEventListener("click", () => post("main_button_pressed"));
  window.addEventListener("message", listen);
  const reload = iconButton("reload", t("reload"), () => { frame.src = "about:blank"; setTimeout(() => { frame.src = answer.url; }, 30); });
  const outside = h("a", { class: "round", href: answer.url, target: "_blank", rel: "noopener", "aria-label": t("openApp"), title: t("openApp") }, icon("out"));
  phone.sheets.open({ title: title || t("app"), full: true, kind: "app", tools: [back, outside, reload], content: [frame, main],
    onclose: () => window.removeEventListener("message", listen) });
}

/** What the Mini App asks of the messenger (the part of the web protocol that makes sense here). */
const ANSWERS = {
  web_app_close: ({ phone }) => phone.sheets.close(),
  web_app_request_theme: ({ post }) => post("theme_changed", { theme_params: theme() }),
  web_app_request_viewport: ({ post, frame }) => post("viewport_changed", { width: frame.clientWidth, height: frame.clientHeight, is_expanded: true, is_state_stable: true }),
  web_app_request_safe_area: ({ post }) => post("safe_area_changed", { top: 0, bottom: 0, left: 0, right: 0 }),
  web_app_request_content_safe_area: ({ post }) => post("content_safe_area_changed", { top: 0, bottom: 0, left: 0, right: 0 }),
  web_app_setup_main_button: ({ main }, data) => {
    main.hidden = !data.is_visible;
    main.disabled = data.is_active === false;
    main.textContent = data.text || t("ok");
  },
  web_app_setup_back_button: ({ back }, data) => { back.hidden = !data.is_visible; },
  web_app_open_link: (_, data) => window.open(data.url, "_blank", "noopener,noreferrer"),
  web_app_open_tg_link: ({ phone }, data) => {
    phone.sheets.close();
    phone.taps.followLink(`https://t.me${data.path_full || ""}`);
  },
  web_app_open_popup: ({ phone, post }, data) => popup(phone, post, data),
};

function hear(app, raw) {
  let message;
  try {
    message = typeof raw === "string" ? JSON.parse(raw) : raw;
  } catch {
    return;
  }
  ANSWERS[message?.eventType]?.(app, message.eventData || {});
}

function popup(phone, post, data) {
  const layer = h("div", { class: "apppopup", role: "alertdialog", "aria-label": data.title || t("app") });
  const done = (id) => { layer.remove(); post("popup_closed", id === undefined ? {} : { button_id: id }); };
  const label = (button) => button.text || t({ ok: "ok", close: "close", cancel: "cancel" }[button.type] || "ok");
  const buttons = (data.buttons || []).map((button) => h("button", { type: "button", class: "pill", onclick: () => done(button.id) }, label(button)));
  layer.append(h("div", { class: "popupbox" }, data.title ? h("b", {}, data.title) : "", h("p", { class: "said" }, data.message || ""), h("div", { class: "line" }, buttons)));
  phone.sheets.current?.layer.append(layer);
  buttons[0]?.focus();
}

function theme() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return { bg_color: colour("--screen"), text_color: colour("--ink"), hint_color: colour("--soft"), link_color: colour("--jade"),
    button_color: colour("--jade-solid"), button_text_color: "#ffffff", secondary_bg_color: colour("--paper") };
}
