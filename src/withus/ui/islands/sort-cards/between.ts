/** All from one to another in a list, both with them, whichever comes first. Pure. Nothing where one is not in it. */
export function between<Row>(rows: readonly Row[], one: Row, other: Row): Row[] {
  const ends = [rows.indexOf(one), rows.indexOf(other)].sort((a, b) => a - b);
  const [from = -1, to = -1] = ends;
  return from < 0 ? [] : rows.slice(from, to + 1);
}
