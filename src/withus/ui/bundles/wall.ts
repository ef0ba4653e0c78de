import { LiveList } from "../islands/live-list/live-list.ts";

customElements.define("live-list", LiveList);
