import { instruction, placeFor, type Instruction } from "./order.ts";

/**
 * Fragments that arrive over the stream are put into the page by id.
 *
 *   <live-list data-src="/stream/..." data-on="card state">
 *     <button type="button" class="btn" data-live-pause hidden>
 *       <span data-when="live">Pause the wall</span><span data-when="paused" hidden>Go on</span></button>
 *     <p class="note n-sun" data-live-lost hidden>No signal. This page catches up by itself.</p>
 *     <p class="note" data-live-stale hidden>There is something new. <a href="">Load this page again</a></p>
 *     <ul id="cards" data-most="6"> <li id="card-..." data-n="12">...</li> </ul>
 *   </live-list>
 *
 * An element whose id is on the page already takes its place there, so a replay does no harm; another one goes where its
 * `hx-swap-oob` says, in order of `data-n`. `reset` loads the page again, unless somebody is typing in it.
 */
export class LiveList extends HTMLElement {
  private source: EventSource | null = null;
  private waiting: string[] = [];
  private lostTimer = 0;

  connectedCallback(): void {
    this.each("[data-live-pause]", (button) => {
      button.hidden = false;
      button.addEventListener("click", () => this.setPaused(!this.paused));
    });
    addEventListener("pagehide", this.close);
    this.open();
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.close);
    this.close();
  }

  get paused(): boolean {
    return this.hasAttribute("data-paused");
  }

  private setPaused(paused: boolean): void {
    this.toggleAttribute("data-paused", paused);
    this.each("[data-live-pause]", (button) => {
      button.querySelectorAll<HTMLElement>("[data-when]").forEach((words) => {
        words.hidden = (words.dataset["when"] === "paused") !== paused;
      });
    });
    if (!paused) this.waiting.splice(0).forEach(put);
  }

  private open = (): void => {
    const url = this.dataset["src"];
    if (!url || !this.isConnected) return;
    const source = new EventSource(url);
    this.source = source;
    for (const name of (this.dataset["on"] ?? "card state").split(" ")) {
      source.addEventListener(name, (event) => this.take((event as MessageEvent<string>).data));
    }
    source.addEventListener("reset", () => this.again());
    source.onopen = () => {
      clearTimeout(this.lostTimer);
      this.lostTimer = 0;
      this.say("[data-live-lost]", false);
    };
    source.onerror = () => {
      if (!this.lostTimer) this.lostTimer = setTimeout(() => this.say("[data-live-lost]", true), 5000);
      if (source.readyState === EventSource.CLOSED) setTimeout(this.open, 4000 + Math.random() * 6000);
    };
  };

  private close = (): void => {
    this.source?.close();
    clearTimeout(this.lostTimer);
  };

  private take(html: string): void {
    if (this.paused) this.waiting.push(html);
    else put(html);
  }

  private again(): void {
    this.close();
    const typed =
      [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("textarea, input.in")].some(
        (field) => field.value !== field.defaultValue,
      ) ||
      [...this.querySelectorAll<HTMLInputElement>("input[type=checkbox]")].some(
        (box) => box.checked !== box.defaultChecked,
      );
    if (typed) this.say("[data-live-stale]", true);
    else location.reload();
  }

  private say(selector: string, shown: boolean): void {
    this.each(selector, (line) => (line.hidden = !shown));
  }

  private each(selector: string, act: (element: HTMLElement) => void): void {
    this.querySelectorAll<HTMLElement>(selector).forEach(act);
  }
}

export function put(html: string): void {
  const sheet = document.createElement("template");
  sheet.innerHTML = html;
  for (const piece of [...sheet.content.children]) {
    const order = instruction(piece.getAttribute("hx-swap-oob"));
    piece.removeAttribute("hx-swap-oob");
    settle(piece, order);
  }
}

function settle(piece: Element, order: Instruction): void {
  const there = piece.id ? document.getElementById(piece.id) : null;
  const list = order.target ? document.querySelector(order.target) : null;
  if (order.how === "remove") there?.remove();
  else if (order.how === "inside") (list ?? there)?.replaceChildren(...piece.childNodes);
  else if (there) there.replaceWith(piece);
  else if (list && order.how !== "replace") {
    const number = (element: Element): number | null =>
      element.hasAttribute("data-n") ? Number(element.getAttribute("data-n")) : null;
    const others = [...list.children];
    list.insertBefore(piece, others[placeFor(others.map(number), number(piece), order.how)] ?? null);
    trim(list, order.how === "afterbegin");
  }
  if (piece.isConnected) piece.dispatchEvent(new CustomEvent("withus:placed", { bubbles: true }));
}

function trim(list: Element, fromEnd: boolean): void {
  const most = Number(list.getAttribute("data-most") ?? Infinity);
  while (list.children.length > most) (fromEnd ? list.lastElementChild : list.firstElementChild)?.remove();
}
