import { deepEqual, equal } from "node:assert/strict";
import { test } from "node:test";

import { add, onSheet, pack, path, size, unpack } from "../../../src/withus/ui/islands/drawing-pad/stroke.ts";

const box = { left: 10, top: 20, width: 200, height: 160 };

test("a finger is put on the sheet in whole steps, and never beside it", () => {
  deepEqual(onSheet(110, 100, box), [200, 160]);
  deepEqual(onSheet(-50, 999, box), [0, 320]);
});

test("points too close to the last one are left out", () => {
  const points = [10, 10];
  equal(add(points, [11, 10]), false);
  equal(add(points, [13, 10]), true);
  deepEqual(points, [10, 10, 13, 10]);
});

test("a dot is a dot, two points a line, more a curve", () => {
  equal(path([5, 6]), "M5 6h.1");
  equal(path([5, 6, 9, 9]), "M5 6L9 9");
  equal(path([0, 0, 10, 0, 10, 10]), "M0 0Q10 0 10 5L10 10");
});

test("strokes survive their way through the form, and nothing else becomes one", () => {
  const strokes = [{ pen: "ink", points: [1, 2, 3, 4] }];
  deepEqual(unpack(pack(strokes)), strokes);
  equal(size(strokes), 2);
  equal(pack([]), "");
  for (const text of ["", "[", "{}", "[null]", '[{"pen": 1}]']) deepEqual(unpack(text), []);
});
