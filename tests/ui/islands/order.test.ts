import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";

import { instruction, placeFor } from "../../../src/withus/ui/islands/live-list/order.ts";

test("a card goes before the first older one where the newest is on top", () => {
  equal(placeFor([7, 5, 2], 6, "afterbegin"), 1);
  equal(placeFor([7, 5, 2], 8, "afterbegin"), 0);
  equal(placeFor([7, 5, 2], 1, "afterbegin"), 3);
});

test("a card goes before the first newer one where the newest is at the end", () => {
  equal(placeFor([2, 5, 7], 6, "beforeend"), 2);
  equal(placeFor([2, 5, 7], 8, "beforeend"), 3);
});

test("without a number it goes where the sender said; neighbours without one are passed over", () => {
  equal(placeFor([null, 2], null, "afterbegin"), 0);
  equal(placeFor([null, 2], null, "beforeend"), 2);
  equal(placeFor([null, 2], 3, "afterbegin"), 1);
});

test("instructions are read as htmx writes them", () => {
  deepEqual(instruction("afterbegin:#cards"), { how: "afterbegin", target: "#cards" });
  deepEqual(instruction("innerHTML:#a:not(.b)"), { how: "inside", target: "#a:not(.b)" });
  deepEqual(instruction("delete"), { how: "remove", target: null });
  deepEqual(instruction("true"), { how: "replace", target: null });
  deepEqual(instruction(null), { how: "replace", target: null });
});
