import htmx from "htmx.org";

import { LiveList } from "../islands/live-list/live-list.ts";
import { SortCards } from "../islands/sort-cards/sort-cards.ts";

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}

interface Asked {
  requestConfig: { verb: string };
  pathInfo: { finalRequestPath: string };
}

window.htmx = htmx;
customElements.define("live-list", LiveList);
customElements.define("sort-cards", SortCards);

// What came over the stream may carry hx- attributes of its own.
document.addEventListener("withus:placed", (event) => htmx.process(event.target as Element));

// After a swap the reader's place is the new heading, not the top of the page.
document.addEventListener("htmx:afterSwap", (event) => {
  const heading = (event.target as Element).querySelector<HTMLElement>("#oops, [data-focus], h1, h2, h3");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
});

// A part of a page that does not come: the whole page is asked for, and says why.
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, (event) => {
    const { requestConfig, pathInfo } = (event as CustomEvent<Asked>).detail;
    if (requestConfig.verb === "get") location.assign(pathInfo.finalRequestPath);
  });
}

// A call for help or a card to look at is closed again by itself: the screen may be seen by the room.
function closeLater(details: HTMLDetailsElement): void {
  setTimeout(() => (details.open = false), Number(details.dataset["closes"]) * 1000);
}
document.querySelectorAll<HTMLDetailsElement>("details[data-closes][open]").forEach(closeLater);
document.addEventListener(
  "toggle",
  (event) => {
    const details = event.target as HTMLDetailsElement;
    if (details.open && details.dataset["closes"]) closeLater(details);
  },
  true,
);
