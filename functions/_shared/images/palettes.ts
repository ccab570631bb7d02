export type Colour = readonly [number, number, number];

export interface Palette {
  /** Prompts with one of these words get this palette. */
  words: RegExp;
  /** From the top down; the words of the prompt stand on these. */
  sky: readonly [Colour, Colour];
  ink: Colour;
  sun: Colour;
  /** From the horizon to the front. */
  land: readonly [Colour, Colour];
}

function hex(code: string): Colour {
  const value = Number.parseInt(code, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function palette(
  words: RegExp,
  [top, low, ink, sun, back, front]: [string, string, string, string, string, string],
): Palette {
  return {
    words,
    sky: [hex(top), hex(low)],
    ink: hex(ink),
    sun: hex(sun),
    land: [hex(back), hex(front)],
  };
}

export const PALETTES: readonly Palette[] = [
  palette(/\b(night|moon|star|space|galaxy|dream)/i, [
    "0b1030",
    "2a2f6b",
    "f5f1e6",
    "f6e7b4",
    "4a4f9c",
    "0a0d24",
  ]),
  palette(/\b(sea|ocean|water|wave|river|rain|blue|fish|ship)/i, [
    "eaf6f6",
    "bfe3e6",
    "0d3b4a",
    "ff8f5e",
    "6fb7c4",
    "0c4a60",
  ]),
  palette(/\b(forest|tree|leaf|green|garden|nature|plant|jungle)/i, [
    "f3f1e3",
    "d5e2c4",
    "1d3a2a",
    "f0b84b",
    "8fb38a",
    "1c4a35",
  ]),
  palette(/\b(sun|summer|beach|desert|sand|warm|orange|fox|lion)/i, [
    "fff1d8",
    "ffc98a",
    "5a1f14",
    "e8472f",
    "f2935c",
    "8c2f26",
  ]),
  palette(/\b(fire|red|love|heart|rose|dragon|blood)/i, [
    "2b0b16",
    "7a1730",
    "ffe9dc",
    "ff7a4d",
    "b3273d",
    "23060f",
  ]),
  palette(/\b(snow|winter|ice|mountain|cold|white)/i, [
    "f6f9fc",
    "d3e0ee",
    "1d2c44",
    "f2a7a0",
    "a3b9d3",
    "2f4a70",
  ]),
  palette(/\b(flower|pink|spring|cat|candy|baby|unicorn)/i, [
    "fff0ee",
    "ffd0cf",
    "4a1736",
    "ff6f91",
    "e79ab5",
    "6f2a5c",
  ]),
  palette(/\b(city|street|neon|robot|cyber|music|car)/i, [
    "161226",
    "3d1d5c",
    "f4ecff",
    "ff4fa0",
    "6a3fb5",
    "120c22",
  ]),
  palette(/\b(coffee|book|old|vintage|wood|autumn|dog|bear)/i, [
    "f4ead9",
    "e2cba6",
    "3b2417",
    "c8642f",
    "b98b5e",
    "4a2d1c",
  ]),
];
