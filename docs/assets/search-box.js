/* The search box of every page: / goes to it; when it is first used, search-suggest.js is fetched. */
(() => {
  const box = document.querySelector(".zg-search input[name=q]:not(#search-q)");
  if (!box || location.protocol === "file:") return;
  const attach = () => import("./search-suggest.js").then((module) => module.attach(box), () => {});
  if (document.activeElement === box) attach();
  else box.addEventListener("focus", attach, { once: true });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
