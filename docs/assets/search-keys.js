/* Keys: / goes to the box, arrows move through the results, Esc clears the box. Enter opens links by itself. */

/* busy(): an input method is composing; clear(): empty the box and search again. */
export function listenToKeys(box, results, { busy, clear }) {
  document.addEventListener("keydown", (event) => {
    if (busy() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target;
    const typing = here.matches("input:not([type=checkbox]), select, textarea");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (event.key === "Escape" && here === box && box.value) {
      event.preventDefault();
      clear();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const links = [...results.querySelectorAll(".zs-result a")].filter((a) => a.checkVisibility?.() ?? true);
      const stops = [box, ...links];
      const next = stops[stops.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
      if (!stops.includes(here) || !next) return;
      event.preventDefault();
      next.focus();
    }
  });
}
