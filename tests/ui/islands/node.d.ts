/** As much of Node's own types as these tests use: the whole package is not worth fetching. */
declare module "node:test" {
  export function test(name: string, run: () => void): void;
}

declare module "node:assert/strict" {
  export function equal<T>(actual: T, expected: T): void;
  export function deepEqual<T>(actual: T, expected: T): void;
  export function match(actual: string, expected: RegExp): void;
}
