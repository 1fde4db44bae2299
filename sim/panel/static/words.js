// The panel's words in both languages, and which language is on.

const WORDS = {
  en: {
    title: "Kiosk simulator", subtitle: "The real software, on this machine", other: "中文", close: "Close",
    rehearsal: "The survey's pages",
    reader: "Card reader", plugged: "Plugged in", unplugged: "Unplugged",
    hint_empty: "Click a card, or drag it here.",
    hint_laid: "Click it again to take it away.",
    hint_unplugged: "The cable is out: the kiosk stays useful and says that the reader rests.",
    tray: "Cards", tray_hint: "why each one is interesting", away: "on the reader",
    gold: "Gold", silver: "Silver", standard: "Standard", plain: "Other tier", blank: "", phone: "", bank: "",
    lost: "lost", blocked: "blocked", replaced: "replaced", active: "",
    road: "The road to HQ", waiting: "waiting here", received: "received by HQ",
    road_well: "Every record has arrived.", road_moving: "On the way.",
    road_waits: "Records wait here until HQ answers; nothing is lost.",
    road_dead: (n) => `HQ will not have ${n}; kept for the technician.`,
    road_stopped: "kiosk-sync is stopped: records wait here, the kiosk goes on.",
    road_unknown: "The kiosk's queue cannot be read just now.",
    next_try: (s) => (s > 0 ? `Next try in ${s} s.` : "Trying now."),
    hq_line: "Line to HQ", reachable: "Reachable", unreachable: "Unreachable", on: "On", off: "Off",
    hq_ok: "kiosks get answers", hq_cut: "connections close without an answer", hq_silent: "HQ's process does not answer",
    parts: "Processes", running: "running", stopped: "stopped", ended: (code) => `ended by itself (${code})`,
    start: "Start", stop: "Stop", restart: "Restart",
    "hq.says": "stands in for head office", "kiosk-sync.says": "carries records and news", "kiosk.says": "screen and reader",
    records: "Received", hq_page: "HQ's page", none_yet: "Nothing yet. Lay a card on the reader.",
    visit: "Visit", device_event: "Kiosk itself", redemption: "Redemption", release: "Given back",
    event_signup: "Sign-up", feedback: "Complaint", consent: "Contact wish", data_request: "Data request",
    survey_response: "Survey", survey_asked: "Asked", profile_answer: "Profile",
    application: "Application", hand_over: "Form on a phone",
    dark: "The kiosk does not run. Start it under Processes.", dark_starting: "Waiting for the kiosk's screen",
    gone: "The simulator has ended. Start it again in the terminal.",
    screen: "The kiosk's screen; touch it with the mouse",
  },
  zh: {
    title: "自助机模拟器", subtitle: "真实的软件，就在本机运行", other: "EN", close: "关闭",
    rehearsal: "问卷各页",
    reader: "读卡器", plugged: "已插上", unplugged: "已拔下",
    hint_empty: "点一下卡片，或拖到这里。",
    hint_laid: "再点一下，取走卡片。",
    hint_unplugged: "读卡器已拔下：自助机照常可用，并会提示读卡器在休息。",
    tray: "卡片", tray_hint: "每张卡的看点", away: "在读卡器上",
    gold: "金卡", silver: "银卡", standard: "普通卡", plain: "其他等级", blank: "", phone: "", bank: "",
    lost: "挂失", blocked: "冻结", replaced: "已换卡", active: "",
    road: "通往总部", waiting: "本机待发", received: "总部已收到",
    road_well: "记录都已送达。", road_moving: "正在发送。",
    road_waits: "总部没有应答，记录在本机等待，不会丢失。",
    road_dead: (n) => `总部不接受 ${n} 条，已留给技术员。`,
    road_stopped: "kiosk-sync 已停：记录在本机等待，自助机照常工作。",
    road_unknown: "暂时读不到自助机的队列。",
    next_try: (s) => (s > 0 ? `${s} 秒后再试。` : "正在重试。"),
    hq_line: "到总部的线路", reachable: "畅通", unreachable: "已切断", on: "开", off: "关",
    hq_ok: "自助机能得到应答", hq_cut: "连接被直接关闭，没有应答", hq_silent: "总部进程没有应答",
    parts: "进程", running: "运行中", stopped: "已停止", ended: (code) => `自行退出（${code}）`,
    start: "启动", stop: "停止", restart: "重启",
    "hq.says": "总部替身", "kiosk-sync.says": "上传记录，取回内容", "kiosk.says": "屏幕与读卡",
    records: "总部收到", hq_page: "总部页面", none_yet: "还没有。请放一张卡。",
    visit: "到访", device_event: "设备", redemption: "兑换", release: "退回",
    event_signup: "报名", feedback: "投诉", consent: "联系意愿", data_request: "资料申请",
    survey_response: "问卷", survey_asked: "邀请回答", profile_answer: "会员资料",
    application: "入会申请", hand_over: "手机填写",
    dark: "自助机未运行，请在“进程”中启动。", dark_starting: "正在等待自助机的画面",
    gone: "模拟器已结束，请在终端重新启动。",
    screen: "自助机的屏幕，可用鼠标触摸",
  },
};

const asked = localStorage.getItem("language");
let language = asked in WORDS ? asked : navigator.language.startsWith("zh") ? "zh" : "en";

export const current = () => language;

export function t(key, ...values) {
  const word = WORDS[language][key];
  return typeof word === "function" ? word(...values) : (word ?? key);
}

export function switchLanguage() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("language", language);
}

export function translatePage() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = t("title");
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = t(place.dataset.t);
}
