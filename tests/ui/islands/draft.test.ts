import { deepEqual, equal, match } from "node:assert/strict";
import { test } from "node:test";

import { meaning, newId, pack, pause, storageKey, unpack } from "../../../src/withus/ui/islands/keep-draft/draft.ts";

test("words come back as they were; tokens, ids and files are never kept", () => {
  const typed: [string, unknown][] = [
    ["csrfmiddlewaretoken", "t"],
    ["sent_once", "1"],
    ["words", "näh <b> 🙂\n"],
    ["photo", { name: "a.jpg" }],
  ];
  deepEqual(unpack(pack(typed)), [["words", "näh <b> 🙂\n"]]);
});

test("a broken or foreign text in the storage is no draft", () => {
  for (const text of [null, "", "{", "{}", "3", '[["a"]]', '[["a", 1]]']) deepEqual(unpack(text), []);
});

test("a draft lies under its owner", () => {
  equal(storageKey("amira", "say"), "withus:amira:say");
});

test("an id is a UUID4 made of what chance gave", () => {
  equal(newId((bytes) => bytes.fill(255)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  match(newId((bytes) => crypto.getRandomValues(bytes)), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("tries come soon at first and never more than a minute apart", () => {
  deepEqual([0, 1, 2, 5, 50].map(pause), [3, 6, 12, 60, 60]);
});

test("a gateway that is away means later, a refused token means a new one", () => {
  deepEqual([200, 400, 404, 413, 500].map(meaning), Array(5).fill("answered"));
  deepEqual([408, 429, 502, 503, 504].map(meaning), Array(5).fill("later"));
  equal(meaning(403), "token");
});
