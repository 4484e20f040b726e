/* What every page can do beyond being read: 长者模式, copying, 已截止, its own address.
   Readers without JavaScript miss no word: what only works here is shown only here (html.js in archive.css). */
(() => {
  const root = document.documentElement;
  const SHOWN = 2500; /* ms for which a button says 已复制 */

  /* ---------- said to screen readers ---------- */

  function say(words) {
    const voice = document.getElementById("zg-said");
    voice.textContent = ""; /* the same words twice are news twice */
    setTimeout(() => { voice.textContent = words; }, 50);
  }

  /* ---------- 长者模式 ---------- */

  const elder = document.querySelector(".zg-elder-button");

  function showElder() {
    elder.setAttribute("aria-pressed", String(root.classList.contains("zg-elder")));
  }

  elder.addEventListener("click", () => {
    const on = root.classList.toggle("zg-elder");
    try {
      if (on) localStorage.setItem("zg-elder", "on");
      else localStorage.removeItem("zg-elder");
    } catch {
      /* Kept for this page only. */
    }
    showElder();
    say(on ? "已打开长者模式，字更大，对比更强" : "已关闭长者模式");
  });
  /* Back to a page that the browser kept: the mode may have been changed since. */
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    try {
      root.classList.toggle("zg-elder", localStorage.getItem("zg-elder") === "on");
    } catch {
      return;
    }
    showElder();
  });
  showElder();

  /* ---------- copying ---------- */

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyTheOldWay(text); /* plain http, as on an intranet, has no clipboard */
    }
  }

  function copyTheOldWay(text) {
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "zg-hidden";
    area.setAttribute("readonly", ""); /* no keyboard on a phone */
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      /* Said below. */
    }
    area.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  async function copied(control, text, what) {
    if (!(await copy(text))) {
      say("没能复制，请选中文字再复制");
      return;
    }
    say(`已复制${what}`);
    control.dataset.copied = "";
    setTimeout(() => { delete control.dataset.copied; }, SHOWN);
  }

  document.addEventListener("click", ({ target }) => {
    const control = target.closest?.("[data-copy], [data-copy-text], .zg-link, .headerlink");
    if (!control) return;
    if (control.dataset.copy) copied(control, control.dataset.copy, control.dataset.copy);
    else if (control.dataset.copyText)
      copied(control, document.getElementById(control.dataset.copyText).textContent.trim(), "引用");
    else copied(control, control.href, "这一条的地址"); /* and the browser goes there */
  });

  /* ---------- what depends on the reader's day and place ---------- */

  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, "0")).join("-");
  for (const mark of document.querySelectorAll("[data-until]")) {
    const end = mark.dataset.until; /* a day, a month or a year: over when none of it is left */
    if (today.slice(0, end.length) > end) mark.textContent = "已截止";
  }

  /* A site without a settled address knows its own only here. */
  for (const place of document.querySelectorAll("[data-address]")) place.textContent = location.href.split(/[?#]/u)[0];
})();
