const PATIENCE = 5000;

/**
 * A call for somebody to talk to. Without an answer in 5 seconds it says that it reached nobody: those words are in the page already.
 *
 *   <call-out><form method="post" action="..."> <button>Ask them to come</button> </form>
 *     <p data-asking hidden role="status">Asking …</p>
 *     <section data-unreached hidden role="alert">This did not reach anyone. ...</section></call-out>
 *
 * It is tried once and never kept for later. Without a script the browser sends the form, and the answer is a page.
 */
export class CallOut extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.call(form);
    });
  }

  private async call(form: HTMLFormElement): Promise<void> {
    this.show("[data-unreached]", false);
    this.show("[data-asking]", true);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const body = new FormData(form);
      const sent = { method: "POST", body, credentials: "same-origin", signal: stop.signal } as const;
      const answer = await fetch(form.action, sent);
      if (answer.ok && answer.redirected) return location.assign(answer.url);
    } catch {
      /* no signal, or no answer in time: said below */
    } finally {
      clearTimeout(timer);
    }
    this.show("[data-asking]", false);
    this.show("[data-unreached]", true);
  }

  private show(selector: string, shown: boolean): void {
    this.querySelectorAll<HTMLElement>(selector).forEach((line) => (line.hidden = !shown));
  }
}
