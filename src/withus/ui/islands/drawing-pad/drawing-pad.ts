import { add, MOST_POINTS, onSheet, pack, path, size, unpack, type Stroke } from "./stroke.ts";

/**
 * A sheet to draw on with a finger. Without a script it stays hidden and the photo field below it is the way; words are
 * the way without hands. `{% include "ui/drawing.html" %}` has the markup.
 *
 *   <drawing-pad hidden> <input type="hidden" name="strokes"> <svg viewBox="0 0 400 320" data-sheet></svg>
 *     <label><input type="radio" name="pen" value="ink" checked> Ink</label> ...
 *     <button type="button" data-undo>Undo</button> <button type="button" data-clear>Start again</button> </drawing-pad>
 */
export class DrawingPad extends HTMLElement {
  private strokes: Stroke[] = [];
  private now: Stroke | null = null;

  connectedCallback(): void {
    const sheet = this.querySelector<SVGSVGElement>("[data-sheet]");
    if (!sheet) return;
    this.hidden = false;
    this.strokes = unpack(this.field.value);
    this.strokes.forEach((stroke) => this.draw(stroke));
    sheet.addEventListener("pointerdown", (event) => this.start(event, sheet));
    sheet.addEventListener("pointermove", (event) => this.move(event, sheet));
    for (const end of ["pointerup", "pointercancel"]) sheet.addEventListener(end, () => this.end());
    this.querySelector("[data-undo]")?.addEventListener("click", () => this.keep(this.strokes.slice(0, -1)));
    this.querySelector("[data-clear]")?.addEventListener("click", () => this.keep([]));
  }

  private get field(): HTMLInputElement {
    return this.querySelector<HTMLInputElement>("input[type=hidden]")!;
  }

  private start(event: PointerEvent, sheet: SVGSVGElement): void {
    if (event.button !== 0 || size(this.strokes) > MOST_POINTS) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    const pen = this.querySelector<HTMLInputElement>("input[name=pen]:checked")?.value ?? "ink";
    this.now = { pen, points: onSheet(event.clientX, event.clientY, sheet.getBoundingClientRect()) };
    this.draw(this.now);
  }

  private move(event: PointerEvent, sheet: SVGSVGElement): void {
    const stroke = this.now;
    if (!stroke) return;
    const box = sheet.getBoundingClientRect();
    const steps = event.getCoalescedEvents?.() ?? [];
    for (const step of steps.length ? steps : [event]) add(stroke.points, onSheet(step.clientX, step.clientY, box));
    this.querySelector("[data-sheet]")?.lastElementChild?.setAttribute("d", path(stroke.points));
  }

  private end(): void {
    if (this.now) this.keep([...this.strokes, this.now]);
    this.now = null;
  }

  private keep(strokes: Stroke[]): void {
    this.strokes = strokes;
    this.field.value = pack(strokes);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.querySelector("[data-sheet]")?.replaceChildren();
    strokes.forEach((stroke) => this.draw(stroke));
  }

  private draw(stroke: Stroke): void {
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", `pen-${stroke.pen}`);
    line.setAttribute("d", path(stroke.points));
    this.querySelector("[data-sheet]")?.append(line);
  }
}
