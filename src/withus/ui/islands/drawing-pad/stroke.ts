/** Strokes on a sheet of 400 x 320: points in whole numbers, x and y in turn. Pure. */

export const WIDTH = 400;
export const HEIGHT = 320;
/** More than anybody draws in ten minutes; less than a phone's upload on 2G would choke on. */
export const MOST_POINTS = 6000;

export interface Stroke {
  pen: string;
  points: number[];
}

export function onSheet(x: number, y: number, box: { left: number; top: number; width: number; height: number }): [number, number] {
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, Math.round(value)));
  return [within(((x - box.left) / box.width) * WIDTH, WIDTH), within(((y - box.top) / box.height) * HEIGHT, HEIGHT)];
}

/** Points closer than two steps say nothing more, and cost bytes. */
export function add(points: number[], [x, y]: [number, number]): boolean {
  const [lastX, lastY] = points.slice(-2);
  if (lastX !== undefined && lastY !== undefined && Math.hypot(x - lastX, y - lastY) < 2) return false;
  points.push(x, y);
  return true;
}

/** Quadratic curves through the midpoints; a single point is a dot. */
export function path(points: readonly number[]): string {
  const [x = 0, y = 0] = points;
  if (points.length < 4) return `M${x} ${y}h.1`;
  let drawn = `M${x} ${y}`;
  for (let at = 2; at + 3 < points.length; at += 2) {
    const [px = 0, py = 0, nx = 0, ny = 0] = points.slice(at, at + 4);
    drawn += `Q${px} ${py} ${(px + nx) / 2} ${(py + ny) / 2}`;
  }
  const [endX = 0, endY = 0] = points.slice(-2);
  return `${drawn}L${endX} ${endY}`;
}

export function size(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, stroke) => sum + stroke.points.length / 2, 0);
}

export function pack(strokes: readonly Stroke[]): string {
  return strokes.length ? JSON.stringify(strokes) : "";
}

export function unpack(text: string): Stroke[] {
  try {
    const found: unknown = JSON.parse(text || "[]");
    return Array.isArray(found)
      ? found.filter((one: Stroke) => typeof one?.pen === "string" && Array.isArray(one.points))
      : [];
  } catch {
    return [];
  }
}
