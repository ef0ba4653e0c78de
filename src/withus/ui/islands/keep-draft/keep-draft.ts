import { meaning, newId, pack, pause, storageKey, unpack } from "./draft.ts";

let shown = "";
const address = (): string => location.href.split("#")[0] ?? "";
// Back from what was put here after sending: the page that lies there asks the server anew.
addEventListener("popstate", () => {
  if (shown && shown !== address()) location.reload();
});

/**
 * Around a form: what was typed stays in this page until the server has it, and is sent again when the signal is back.
 *
 *   <keep-draft data-owner="{{ person.uid }}" data-form="say">
 *     <form method="post">... <input type="hidden" name="sent_once" value="..."> ...</form>
 *     <p class="note n-sun" role="status" data-waiting hidden>We saved it on your phone. ...</p>
 *   </keep-draft>
 *
 * Kept in this tab's session under one person's uid: never shown to, or sent as, somebody else.
 */
export class KeepDraft extends HTMLElement {
  private tries = 0;
  private timer = 0;
  private sending = false;
  private button: [string, string] | null = null;

  connectedCallback(): void {
    const form = this.form;
    if (!form) return;
    // A browser puts typed words back on Back, whoever holds the phone by then; what is ours to put back lies under a person's uid.
    form.autocomplete = "off";
    this.restore(form);
    form.addEventListener("input", () => this.keep(form));
    form.addEventListener("submit", (event) => {
      const button = (event as SubmitEvent).submitter as HTMLButtonElement | null | undefined;
      const told = button ?? !form.querySelector("button[name]");
      if (event.defaultPrevented || form.method !== "post" || !told) return;
      event.preventDefault();
      this.button = button?.name ? [button.name, button.value] : null;
      this.keep(form);
      void this.send(form);
    });
    addEventListener("online", this.again);
  }

  disconnectedCallback(): void {
    removeEventListener("online", this.again);
    clearTimeout(this.timer);
  }

  /** Something was pressed to be sent and is not there yet. */
  get waits(): boolean {
    return this.hasAttribute("data-waits");
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get key(): string {
    return storageKey(this.dataset["owner"] ?? "nobody", this.dataset["form"] ?? location.pathname);
  }

  private keep(form: HTMLFormElement): void {
    try {
      sessionStorage.setItem(this.key, pack(new FormData(form)));
    } catch {
      /* full or switched off: the page itself still holds the words */
    }
  }

  private restore(form: HTMLFormElement): void {
    for (const [name, value] of unpack(read(this.key))) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLTextAreaElement && !field.value) field.value = value;
      else if (field instanceof HTMLInputElement && /^(text|search|email|tel)$/.test(field.type) && !field.value)
        field.value = value;
      else if (field instanceof RadioNodeList && !field.value) {
        field.value = value;
        // What was chosen before is seen, and not only sent.
        (field[0] as Element).closest("details")?.setAttribute("open", "");
      }
    }
  }

  private again = (): void => {
    const form = this.form;
    if (form && this.waits) void this.send(form);
  };

  private async send(form: HTMLFormElement): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    const body = new FormData(form);
    if (this.button) body.append(...this.button);
    try {
      await this.answered(form, await this.post(form, body));
    } catch {
      this.wait();
    } finally {
      this.sending = false;
    }
  }

  private async post(form: HTMLFormElement, body: FormData): Promise<Response> {
    const post = (): Promise<Response> => fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    const answer = await post();
    if (meaning(answer.status) !== "token") return answer;
    const page = parse(await (await fetch(location.href, { credentials: "same-origin" })).text());
    const token = page.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
    if (!token) return answer;
    body.set(token.name, token.value);
    return post();
  }

  private async answered(form: HTMLFormElement, answer: Response): Promise<void> {
    if (meaning(answer.status) === "later") throw new Error("later");
    const page = parse(await answer.text());
    if (answer.redirected && answer.ok) {
      sessionStorage.removeItem(this.key);
      const once = form.elements.namedItem("sent_once");
      if (once instanceof HTMLInputElement) once.value = newId((bytes) => crypto.getRandomValues(bytes));
      history.pushState(null, "", answer.url);
      shown = address();
    }
    this.removeAttribute("data-waits");
    show(page);
  }

  private wait(): void {
    this.setAttribute("data-waits", "");
    this.querySelectorAll<HTMLElement>("[data-waiting]").forEach((line) => (line.hidden = false));
    clearTimeout(this.timer);
    this.timer = setTimeout(this.again, pause(this.tries++) * 1000);
  }
}

function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, "text/html");
}

function show(page: Document): void {
  document.title = page.title;
  document.body.replaceWith(page.body);
  const first = document.querySelector<HTMLElement>("#oops, h1");
  first?.setAttribute("tabindex", "-1");
  first?.focus();
  scrollTo(0, 0);
}
