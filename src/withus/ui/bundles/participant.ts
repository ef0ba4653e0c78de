import { CallOut } from "../islands/call-out/call-out.ts";
import { DrawingPad } from "../islands/drawing-pad/drawing-pad.ts";
import { KeepDraft } from "../islands/keep-draft/keep-draft.ts";
import { LiveList } from "../islands/live-list/live-list.ts";
import { PassOn } from "../islands/pass-on/pass-on.ts";

customElements.define("live-list", LiveList);
customElements.define("keep-draft", KeepDraft);
customElements.define("drawing-pad", DrawingPad);
customElements.define("call-out", CallOut);
customElements.define("pass-on", PassOn);

// Back shows a page as it was, without asking: on a shared phone that is somebody else's. So it asks.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
