import { between } from "./between.ts";

/**
 * Ticking many cards: by mouse and keyboard, a row of them at once. Without a script the boxes are ticked one by one.
 *
 *   <sort-cards data-none="No card is ticked." data-some="Ticked: %s">
 *     <span data-ticked role="status"></span> <button type="button" data-tick-all hidden>Tick all on this page</button>
 *     <ul> <li><label><input type="checkbox" name="card" value="..." form="sort"> ... </label></li> </ul>
 *   </sort-cards>
 *
 * An `<input data-filter hidden>` shows only the lines of `#theme-list` whose `data-name` has what is typed in it.
 *
 * Shift and a click ticks all from the last one that was clicked. Arrow keys go from box to box; with Shift they tick on the way;
 * Escape unticks all. Enter in a box sends nothing: only a button does. The keys work only while a box has the focus.
 */
export class SortCards extends HTMLElement {
  private last: HTMLInputElement | null = null;

  connectedCallback(): void {
    this.addEventListener("click", this.clicked);
    this.addEventListener("keydown", this.pressed);
    this.addEventListener("change", this.count);
    this.addEventListener("input", this.filter);
    document.addEventListener("htmx:afterSwap", this.begin);
    this.begin();
  }

  disconnectedCallback(): void {
    document.removeEventListener("htmx:afterSwap", this.begin);
  }

  private get boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[type=checkbox][name=card]")];
  }

  private begin = (): void => {
    this.last = null;
    this.querySelectorAll<HTMLElement>("[data-tick-all], [data-filter]").forEach((tool) => (tool.hidden = false));
    this.count();
  };

  private count = (): void => {
    const ticked = this.boxes.filter((box) => box.checked).length;
    const words = ticked ? (this.dataset["some"] ?? "").replace("%s", String(ticked)) : (this.dataset["none"] ?? "");
    this.querySelectorAll("[data-ticked]").forEach((line) => {
      if (line.textContent !== words) line.textContent = words;
    });
  };

  private filter = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !field.hasAttribute("data-filter")) return;
    const typed = field.value.trim().toLocaleLowerCase();
    this.querySelectorAll<HTMLElement>("#theme-list > li").forEach((line) => {
      line.hidden = !(line.dataset["name"] ?? "").toLocaleLowerCase().includes(typed);
    });
  };

  private clicked = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest("[data-tick-all]")) return this.tickAll();
    if (!(target instanceof HTMLInputElement) || target.name !== "card") return;
    if (event.shiftKey && this.last) {
      for (const box of between(this.boxes, this.last, target)) box.checked = target.checked;
      this.count();
    }
    this.last = target;
  };

  private pressed = (event: KeyboardEvent): void => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.name !== "card") return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.boxes.forEach((one) => (one.checked = false));
    else if (event.key === "Enter") event.preventDefault();
    if (step) {
      event.preventDefault();
      const next = this.boxes[this.boxes.indexOf(box) + step];
      if (event.shiftKey) box.checked = true;
      if (event.shiftKey && next) next.checked = true;
      next?.focus();
      this.last = next ?? box;
    }
    this.count();
  };

  private tickAll(): void {
    const boxes = this.boxes;
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => (box.checked = on));
    this.count();
  }
}
