/** What was typed, as pairs; and the id under which something is sent once. Pure. */

export type Pairs = [string, string][];

/** Never kept: tokens grow old, and whoever finds them could send in somebody's name. */
const NEVER = new Set(["csrfmiddlewaretoken", "sent_once"]);

export function storageKey(owner: string, form: string): string {
  return `withus:${owner}:${form}`;
}

export function pack(pairs: Iterable<[string, unknown]>): string {
  const kept = [...pairs].filter((pair): pair is [string, string] => typeof pair[1] === "string" && !NEVER.has(pair[0]));
  return JSON.stringify(kept);
}

/** Whatever lies in the storage: a broken or foreign text is no draft. */
export function unpack(text: string | null): Pairs {
  try {
    const found: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(found)) return [];
    return found.filter(
      (pair): pair is [string, string] =>
        Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"),
    );
  } catch {
    return [];
  }
}

/** A UUID4. Not crypto.randomUUID, which a page over plain http in a hall does not have. */
export function newId(fill: (bytes: Uint8Array<ArrayBuffer>) => unknown): string {
  const bytes = new Uint8Array(16);
  fill(bytes);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Seconds until the next try: soon at first, never more than a minute apart. */
export function pause(tries: number): number {
  return Math.min(60, 3 * 2 ** Math.min(tries, 5));
}

/** What the answer of the server means for what waits. A gateway that is away is the same to a person as no signal. */
export function meaning(status: number): "answered" | "token" | "later" {
  if (status === 403) return "token";
  return [408, 429, 502, 503, 504].includes(status) ? "later" : "answered";
}
