// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.

/** The distance of each pixel to the nearest source, in thirds of a pixel, up to `most` pixels. */
export function distances(
  width: number,
  height: number,
  most: number,
  isSource: (at: number) => boolean,
): Uint8Array {
  const far = most * 3 + 3;
  const away = new Uint8Array(width * height);
  for (let at = 0; at < away.length; at++) away[at] = isSource(at) ? 0 : far;
  // Two passes carry the distance down and right, then up and left.
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      if (away[at] === 0) continue;
      let least = away[at]!;
      if (x > 0) least = Math.min(least, away[at - 1]! + 3);
      if (y > 0) {
        least = Math.min(least, away[at - width]! + 3);
        if (x > 0) least = Math.min(least, away[at - width - 1]! + 4);
        if (x + 1 < width) least = Math.min(least, away[at - width + 1]! + 4);
      }
      away[at] = least;
    }
  }
  for (let y = height - 1, at = away.length - 1; y >= 0; y--) {
    for (let x = width - 1; x >= 0; x--, at--) {
      if (away[at] === 0) continue;
      let least = away[at]!;
      if (x + 1 < width) least = Math.min(least, away[at + 1]! + 3);
      if (y + 1 < height) {
        least = Math.min(least, away[at + width]! + 3);
        if (x + 1 < width) least = Math.min(least, away[at + width + 1]! + 4);
        if (x > 0) least = Math.min(least, away[at + width - 1]! + 4);
      }
      away[at] = least;
    }
  }
  return away;
}
