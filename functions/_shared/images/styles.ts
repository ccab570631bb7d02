import type { Colour } from "./palettes.ts";

/** How a style of staging looks. */
export interface Decor {
  /** What each channel of the photo is multiplied by. */
  light: readonly [number, number, number];
  saturation: number;
  fabric: Colour;
  accent: Colour;
  wood: Colour;
  metal: Colour;
  rug: Colour;
}

function decor(
  light: Decor["light"],
  saturation: number,
  [fabric, accent, wood, metal, rug]: [string, string, string, string, string],
): Decor {
  const hex = (code: string): Colour => {
    const value = Number.parseInt(code, 16);
    return [value >> 16, (value >> 8) & 255, value & 255];
  };
  return {
    light,
    saturation,
    fabric: hex(fabric),
    accent: hex(accent),
    wood: hex(wood),
    metal: hex(metal),
    rug: hex(rug),
  };
}

const PLAIN = decor([1.02, 1.01, 1], 1, ["8d949c", "c8a15a", "8a6a4b", "3c4046", "cfc8bd"]);

const STYLES = new Map<string, Decor>([
  ["modern", decor([1.02, 1.03, 1.05], 0.95, ["5f6b7a", "e0803a", "6d5a4a", "2f3338", "d5d8dc"])],
  [
    "scandinavian",
    decor([1.06, 1.05, 1.04], 0.9, ["b9c2c4", "7fa39a", "d6b48a", "555a5e", "efe9df"]),
  ],
  [
    "minimalist",
    decor([1.06, 1.06, 1.06], 0.75, ["d2d0cb", "8a8a88", "b79c7c", "4a4a4a", "e8e6e1"]),
  ],
  [
    "contemporary",
    decor([1.03, 1.02, 1.01], 1.02, ["7c7f86", "2f7f86", "7a5c43", "3a3d42", "c9c4bb"]),
  ],
  [
    "traditional",
    decor([1.05, 1.01, 0.94], 1.05, ["7a3b35", "c29a4b", "5b3a26", "8c7440", "9c5b4a"]),
  ],
  [
    "industrial",
    decor([0.98, 0.97, 0.95], 0.85, ["6b4a34", "b5552d", "5a4636", "2a2a2a", "7b7771"]),
  ],
  [
    "farmhouse",
    decor([1.05, 1.03, 0.98], 0.95, ["d9cfbd", "6c8a68", "a47a4e", "4b4540", "e3d9c6"]),
  ],
  ["coastal", decor([1.03, 1.05, 1.08], 1, ["dfe8ea", "3f86a3", "cdb48d", "7d8a90", "c4dbe2"])],
  [
    "mid_century",
    decor([1.05, 1.02, 0.95], 1.08, ["c07a2c", "3c6e67", "8a5a33", "4a3f35", "d9c39a"]),
  ],
  ["luxury", decor([1.04, 1.02, 0.98], 1.03, ["3d3a4b", "c9a24d", "4a2f27", "b8923f", "e6dcc8"])],
]);

/** A style that is not known here is staged plainly. */
export function decorOf(style: string | undefined): Decor {
  return STYLES.get(style ?? "") ?? PLAIN;
}
