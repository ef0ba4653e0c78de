import type { KeepDraft } from "../keep-draft/keep-draft.ts";

/**
 * The next person gets this phone: nothing typed stays, and this page's place in the history becomes the clean one.
 *
 *   <pass-on><form method="post" action="..."> <button class="btn">Next person on this phone</button> </form>
 *     <p class="note n-sun" data-unsent hidden>Something of yours is not sent yet. Press once more to end without it.</p></pass-on>
 *
 * The server ends the person's cookie; every page before it asks the server anew (see participant.ts) and finds nobody.
 */
export class PassOn extends HTMLElement {
  private warned = false;

  connectedCallback(): void {
    document.querySelectorAll("form").forEach((form) => form.setAttribute("autocomplete", "off"));
    const form = this.querySelector("form");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.unsent() && !this.warned) return this.warn();
      void this.leave(form);
    });
  }

  private unsent(): boolean {
    return [...document.querySelectorAll<KeepDraft>("keep-draft")].some((draft) => draft.waits);
  }

  private warn(): void {
    this.warned = true;
    this.querySelectorAll<HTMLElement>("[data-unsent]").forEach((line) => (line.hidden = false));
  }

  private async leave(form: HTMLFormElement): Promise<void> {
    const body = new FormData(form);
    forget();
    try {
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (answer.ok) return location.replace(answer.url);
    } catch {
      /* no signal: the browser's own way tells the person */
    }
    form.submit();
  }
}

export function forget(): void {
  document.querySelectorAll("form").forEach((form) => form.reset());
  try {
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith("withus:"))
      .forEach((key) => sessionStorage.removeItem(key));
  } catch {
    /* switched off: nothing was kept */
  }
}
