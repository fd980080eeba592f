// The page's own words, in Chinese and English. What the bot says is never touched.

const ZH = {
  title: "模拟器", simulator: "手机模拟器", pause: "暂停", normal: "正常", fast: "快进 ×60", plus1: "+1 分钟", plus5: "+5 分钟",
  speed: "时钟速度", next: "下一个事件", noNext: "没有后续事件", marks: "接下来的事件", jumpTo: "跳到", clock: "时钟", clockTools: "时钟与更多",
  setTime: "把时间定在", set: "设定", past: "已过", inMin: "{n} 分钟后", inHour: "{n} 小时后", inDay: "{n} 天后", soon: "马上",
  phones: "手机", phonesAre: "台上的手机", showPhone: "显示这台手机", addPerson: "添一台新手机", personName: "名字", personNote: "身份（可不填）", add: "添加", linkField: "邀请链接（可不填）",
  groups: "群", newGroup: "新建群", groupTitle: "群名", groupHint: "台上的手机都会进群", create: "建群",
  journal: "记录", drawer: "记录与故障", calls: "接口调用", faults: "故障", language: "English", languageTip: "Switch to English",
  lost: "连接断开，正在重连…", phoneOf: "{name}的手机", bot: "机器人", typing: "正在输入…", members: "{n} 位成员",
  typing_upload_photo: "正在发送图片…", typing_upload_document: "正在发送文件…", typing_record_voice: "正在录音…",
  offline: "离线", blocked: "已屏蔽", more: "更多", menu: "菜单", offlineBanner: "网络已断开。您发的话会先记在手机里。", restore: "恢复网络",
  goOffline: "断开网络", goOnline: "恢复网络", block: "屏蔽机器人", unblock: "解除屏蔽", hide: "收起这台手机", putFirst: "移到最左边", joinGroup: "进群「{name}」", leaveGroup: "退出「{name}」",
  reloadChat: "重新载入对话", openLink: "打开邀请链接", linkHint: "有人发来一个专属链接：", start: "开始", startHint: "点“开始”，和机器人说第一句话。", blockedHint: "已屏蔽机器人，收不到它的消息。",
  message: "写消息", send: "发送", attach: "发图片、语音、文件、位置", commands: "命令", showKeys: "显示快捷键盘", hideKeys: "收起快捷键盘", keys: "快捷键盘",
  photoFile: "图片…", photoSample: "示例图片", voiceSample: "示例语音", videoFile: "视频…", docFile: "文件…", docSample: "示例文件", location: "位置", contact: "我的名片",
  photoFileSub: "选多张就成相册", docFileSub: "选多个就发成一组", sampleSub: "现画一张，马上发", captionHint: "输入框里的字会作为说明一起发出。", sendLocation: "发送位置", latitude: "纬度", longitude: "经度", locationSub: "不用真的定位，填一个就行",
  shareLocation: "发送我的位置？", photo: "图片", voice: "语音", video: "视频", document: "文件", sticker: "贴纸", poll: "投票", service: "提示", text: "文字",
  play: "播放", pauseVoice: "暂停", save: "保存", openPhoto: "看大图", edited: "已编辑", silent: "静音送达", pending: "等待网络", sent: "已发送",
  forwarded: "转发自 {name}", actions: "消息操作", reply: "回复", edit: "编辑", forward: "转发到…", forwardTo: "转发到", copyText: "复制文字", copied: "已复制", remove: "删除", react: "表情回应",
  replyingTo: "回复 {name}", editing: "编辑消息", cancel: "取消", close: "关闭", ok: "知道了", newBelow: "新消息", older: "载入更早的消息", empty: "还没有消息", step1: "点下面的绿色按钮，和机器人说第一句话。", step2: "点最上面的「下一个事件」，时间就往前走。", step3: "每一台手机都能拿起来用：看看别人那里变了什么。",
  startBare: "不用链接，直接开始", pinned: "置顶", goneMessage: "原消息",
  openApp: "打开", app: "小程序", reload: "刷新", loadFail: "打不开", failed: "没有成功：{why}", noServer: "连不上模拟器",
  today: "今天", search: "查找方法或对话", onlyErrors: "只看出错", hidePolls: "不看 getUpdates", noCalls: "还没有调用。机器人一说话，这里就有记录。", callCount: "共 {n} 条", params: "参数", result: "结果",
  faultsHint: "让网络出一点问题，看机器人怎么应付。", faultMethod: "哪个方法", allMethods: "全部", times: "几次", once: "1 次", thrice: "3 次", always: "一直", active: "正在生效", none: "没有故障，一切正常。", clear: "全部恢复", removeFault: "去掉这个故障",
  left: "还剩 {n} 次", f_close: "断线", f_close_d: "请求没有送到", f_accept_close: "收下后断线", f_accept_close_d: "已送达，机器人却不知道", f_accept_stall: "收下后卡住", f_accept_stall_d: "已送达，一直没回音",
  f_429: "429 太快", f_429_d: "请 3 秒后再来", f_500: "500", f_500_d: "服务器出错", f_502: "502", f_502_d: "网关出错", f_slow: "变慢", f_slow_d: "晚几秒才回答", f_duplicate: "重复", f_duplicate_d: "同一件事送两遍",
  f_reorder: "乱序", f_reorder_d: "先后颠倒", f_poison: "怪消息", f_poison_d: "机器人看不懂的更新", f_refuse: "拒绝", f_refuse_d: "400，不接受", f_504: "504", f_504_d: "网关超时",
  weekdays: "周日,周一,周二,周三,周四,周五,周六", copyNot: "浏览器不让复制", unread: "{n} 条未读", you: "我", welcome: "还没有手机", welcomeHint: "添一台手机，就能和机器人说话。", choosePhones: "选手机", noBot: "还没有机器人连上来。启动您的机器人，把它的 Bot API 地址指到这里。", spoiler: "点一下看内容", showAll: "展开或收起",
  albumSample: "示例相册", albumOf: "{n} 张一组", bold: "粗体", italic: "斜体", underline: "下划线", strikethrough: "删除线", formatting: "文字格式", makeLink: "加链接", linkAddress: "网址",
  pin: "置顶", unpin: "取消置顶", loseFile: "让这个文件失效", loseFileSub: "机器人再用它就会被拒绝", fileLost: "文件已失效",
  makeGroup: "新建群…", makeGroupSub: "拉上同学和机器人", addBot: "把「{name}」拉进群", kickBot: "把「{name}」移出群", botAdmin: "设机器人为管理员", botAdminSub: "能置顶、能删消息、能看到全部消息", botNoAdmin: "取消机器人的管理员", botNoAdminSub: "只收到命令和对它的回复",
  invite: "拉人进群…", eraseGroup: "解散这个群", openOn: "在{name}的手机上打开", faultChat: "对谁", allChats: "所有人", faultAfter: "什么时候", atOnce: "马上", afterCalls: "先过 {n} 次",
  f_flood: "限流一小时", f_flood_d: "429，按模拟时钟算", f_block: "对方屏蔽", f_block_d: "发到一半把机器人屏蔽", f_vanish: "文件失效", f_vanish_d: "文件标识从此作废",
  service_joined: "{names} 加入了群组", service_left: "{names} 离开了群组", service_added: "{who} 邀请 {names} 加入了群组", service_removed: "{who} 移出了 {names}", service_pinned: "{who} 置顶了一条消息", service_created: "{who} 创建了群组",
  service_upgraded: "群组已升级为超级群", service_topic: "{who} 创建了话题「{names}」", service_data: "写入了数据",
};

const EN = {
  title: "Simulator", simulator: "Phone simulator", pause: "Pause", normal: "Normal", fast: "Fast ×60", plus1: "+1 min", plus5: "+5 min",
  speed: "Clock speed", next: "Next event", noNext: "No more events", marks: "Coming up", jumpTo: "Jump to", clock: "Clock", clockTools: "Clock and more",
  setTime: "Set the time to", set: "Set", past: "past", inMin: "in {n} min", inHour: "in {n} h", inDay: "in {n} d", soon: "now",
  phones: "Phones", phonesAre: "Phones on the table", showPhone: "Show this phone", addPerson: "Add a phone", personName: "Name", personNote: "Role (optional)", add: "Add", linkField: "Invite link (optional)",
  groups: "Groups", newGroup: "New group", groupTitle: "Title", groupHint: "All phones on the table join it", create: "Create",
  journal: "Journal", drawer: "Journal and faults", calls: "API calls", faults: "Faults", language: "中文", languageTip: "切换到中文",
  lost: "Connection lost, reconnecting…", phoneOf: "{name}’s phone", bot: "bot", typing: "typing…", members: "{n} members",
  typing_upload_photo: "sending a photo…", typing_upload_document: "sending a file…", typing_record_voice: "recording…",
  offline: "Offline", blocked: "Blocked", more: "More", menu: "Menu", offlineBanner: "No network. What you send waits in the phone.", restore: "Go online",
  goOffline: "Network off", goOnline: "Network on", block: "Block the bot", unblock: "Unblock", hide: "Put this phone away", putFirst: "Move to the left end", joinGroup: "Join “{name}”", leaveGroup: "Leave “{name}”",
  reloadChat: "Reload the chat", openLink: "Open the invite link", linkHint: "Somebody sent a personal link:", start: "Start", startHint: "Press Start to say the first word to the bot.", blockedHint: "The bot is blocked and cannot write here.",
  message: "Message", send: "Send", attach: "Send a photo, voice, file or location", commands: "Commands", showKeys: "Show the keyboard", hideKeys: "Hide the keyboard", keys: "Keyboard",
  photoFile: "Photo…", photoSample: "Sample photo", voiceSample: "Sample voice", videoFile: "Video…", docFile: "File…", docSample: "Sample file", location: "Location", contact: "My contact",
  photoFileSub: "several make an album", docFileSub: "several go together", sampleSub: "painted now, sent at once", captionHint: "Text in the box goes along as the caption.", sendLocation: "Send location", latitude: "Latitude", longitude: "Longitude", locationSub: "No real position is needed",
  shareLocation: "Send my location?", photo: "Photo", voice: "Voice", video: "Video", document: "File", sticker: "Sticker", poll: "Poll", service: "Note", text: "Text",
  play: "Play", pauseVoice: "Pause", save: "Save", openPhoto: "Open the photo", edited: "edited", silent: "delivered silently", pending: "waiting for network", sent: "sent",
  forwarded: "Forwarded from {name}", actions: "Message actions", reply: "Reply", edit: "Edit", forward: "Forward to…", forwardTo: "Forward to", copyText: "Copy text", copied: "Copied", remove: "Delete", react: "React",
  replyingTo: "Reply to {name}", editing: "Edit message", cancel: "Cancel", close: "Close", ok: "OK", newBelow: "New messages", older: "Load earlier messages", empty: "No messages yet", step1: "Press the green button below to say the first word to the bot.", step2: "Press “Next event” at the top to move the time on.", step3: "Every phone here is yours to use: see what changed on the others.",
  startBare: "Start without the link", pinned: "Pinned", goneMessage: "Original message",
  openApp: "Open", app: "Mini App", reload: "Reload", loadFail: "Cannot open", failed: "That did not work: {why}", noServer: "the simulator does not answer",
  today: "Today", search: "Find a method or chat", onlyErrors: "Errors only", hidePolls: "Hide getUpdates", noCalls: "No calls yet. As soon as the bot speaks they are listed here.", callCount: "{n} calls", params: "Parameters", result: "Result",
  faultsHint: "Give the network some trouble and see how the bot copes.", faultMethod: "Which method", allMethods: "All", times: "How often", once: "Once", thrice: "3 times", always: "Always", active: "Active now", none: "No faults. All is well.", clear: "Restore all", removeFault: "Remove this fault",
  left: "{n} left", f_close: "Cut", f_close_d: "the request is not read", f_accept_close: "Accept, then cut", f_accept_close_d: "delivered, but the bot is not told", f_accept_stall: "Accept, then stall", f_accept_stall_d: "delivered, no answer comes",
  f_429: "429", f_429_d: "too fast, retry in 3 s", f_500: "500", f_500_d: "server error", f_502: "502", f_502_d: "bad gateway", f_slow: "Slow", f_slow_d: "answers some seconds late", f_duplicate: "Duplicate", f_duplicate_d: "one update comes twice",
  f_reorder: "Reorder", f_reorder_d: "updates change places", f_poison: "Odd update", f_poison_d: "one the bot cannot read", f_refuse: "Refuse", f_refuse_d: "400, not accepted", f_504: "504", f_504_d: "gateway timeout",
  weekdays: "Sun,Mon,Tue,Wed,Thu,Fri,Sat", copyNot: "The browser does not allow copying", unread: "{n} unread", you: "Me", welcome: "No phones yet", welcomeHint: "Add a phone to talk to the bot.", choosePhones: "Choose phones", noBot: "No bot has connected yet. Start your bot and point its Bot API address here.", spoiler: "Tap to reveal", showAll: "Expand or fold",
  albumSample: "Sample album", albumOf: "Album of {n}", bold: "Bold", italic: "Italic", underline: "Underline", strikethrough: "Strikethrough", formatting: "Formatting", makeLink: "Make a link", linkAddress: "Address",
  pin: "Pin", unpin: "Unpin", loseFile: "Let this file vanish", loseFileSub: "its file id is refused from now on", fileLost: "The file is gone",
  makeGroup: "New group…", makeGroupSub: "with classmates and the bot", addBot: "Add “{name}” to the group", kickBot: "Remove “{name}” from the group", botAdmin: "Make the bot an admin", botAdminSub: "it may pin, delete, and sees everything", botNoAdmin: "The bot is no admin any more", botNoAdminSub: "it gets commands and replies only",
  invite: "Add people…", eraseGroup: "Delete this group", openOn: "open on {name}’s phone", faultChat: "For whom", allChats: "Everybody", faultAfter: "When", atOnce: "At once", afterCalls: "after {n} calls",
  f_flood: "Flood, one hour", f_flood_d: "429 by the virtual clock", f_block: "Block the bot", f_block_d: "just before the call", f_vanish: "File vanishes", f_vanish_d: "file ids are worth nothing",
  service_joined: "{names} joined the group", service_left: "{names} left the group", service_added: "{who} added {names}", service_removed: "{who} removed {names}", service_pinned: "{who} pinned a message", service_created: "{who} created the group",
  service_upgraded: "The group became a supergroup", service_topic: "{who} created the topic “{names}”", service_data: "Data was sent",
};

const KEY = "simulator.language";
let words = ZH;
let now = "zh";

/** The language of the page: "zh" or "en". */
export const language = () => now;

/** Choose the page's language and remember it in this browser. */
export function setLanguage(code) {
  now = code === "en" ? "en" : "zh";
  words = now === "en" ? EN : ZH;
  document.documentElement.lang = now === "en" ? "en" : "zh-CN";
  try { localStorage.setItem(KEY, now); } catch { /* private mode: not remembered */ }
}

/** The language chosen last time, Chinese at first. */
export function rememberedLanguage() {
  try { return localStorage.getItem(KEY) || "zh"; } catch { return "zh"; }
}

/** A word of the page with its {variables} put in. */
export function t(key, vars = {}) {
  const text = words[key] ?? ZH[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => vars[name] ?? "");
}

export const weekday = (index) => t("weekdays").split(",")[index];
