/** Where a card goes in a list, so that a replay or a late card never mixes the order. Pure. */

export type End = "afterbegin" | "beforeend";

/**
 * The index to insert before; the length of the list means "at the end".
 * Lists that grow at the top run from the newest down; lists that grow at the end run the other way.
 * A card without a number goes where the sender said.
 */
export function placeFor(numbers: readonly (number | null)[], own: number | null, end: End): number {
  if (own === null) return end === "afterbegin" ? 0 : numbers.length;
  const after = (other: number | null): boolean => other !== null && (end === "afterbegin" ? other < own : other > own);
  const index = numbers.findIndex(after);
  return index < 0 ? numbers.length : index;
}

export interface Instruction {
  how: "replace" | "inside" | "remove" | End;
  target: string | null;
}

/** `hx-swap-oob` as htmx writes it: "true", "delete", "innerHTML:#now", "afterbegin:#cards". */
export function instruction(value: string | null): Instruction {
  const [word = "", target = ""] = (value ?? "").split(/:(.*)/s);
  const how = (
    { delete: "remove", innerHTML: "inside", afterbegin: "afterbegin", beforeend: "beforeend" } as const
  )[word];
  return { how: how ?? "replace", target: target || null };
}
