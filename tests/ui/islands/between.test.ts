import { deepEqual } from "node:assert/strict";
import { test } from "node:test";

import { between } from "../../../src/withus/ui/islands/sort-cards/between.ts";

test("all from one to another, whichever comes first, both with them", () => {
  deepEqual(between([1, 2, 3, 4, 5], 2, 4), [2, 3, 4]);
  deepEqual(between([1, 2, 3, 4, 5], 4, 2), [2, 3, 4]);
  deepEqual(between([1, 2, 3], 2, 2), [2]);
});

test("nothing where one of them is not there any more", () => {
  deepEqual(between([1, 2, 3], 9, 2), []);
  deepEqual(between([1, 2, 3], 2, 9), []);
});
