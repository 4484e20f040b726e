/* In <head>, before anything is drawn: scripts run here, and this reader chose 长者模式 or not. So nothing jumps. */
(() => {
  const root = document.documentElement;
  root.classList.replace("no-js", "js");
  try {
    root.classList.toggle("zg-elder", localStorage.getItem("zg-elder") === "on");
  } catch {
    /* The browser keeps nothing for this site: the mode then lasts for one page. */
  }
})();
