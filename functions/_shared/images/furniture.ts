import { Drawables, type IMagickImage, MagickColor } from "@imagemagick/magick-wasm";
import type { Colour } from "./palettes.ts";
import type { Decor } from "./styles.ts";

/** Where a piece stands: the middle of its foot, and its width, in shares of the photo's. */
export interface Piece {
  kind: "sofa" | "bed" | "table" | "chair" | "lamp" | "plant" | "art" | "rug" | "shelf" | "counter";
  x: number;
  y: number;
  size: number;
}

type Point = readonly [number, number];

/** Draws furniture in flat shapes: a front, a lighter top, a shadow on the floor. */
export class Furnisher {
  readonly #image: IMagickImage;
  readonly #decor: Decor;
  readonly #drawing = new Drawables();
  #left = 0;
  #foot = 0;
  #unit = 1;

  constructor(image: IMagickImage, decor: Decor) {
    this.#image = image;
    this.#decor = decor;
  }

  draw(): void {
    this.#drawing.draw(this.#image);
  }

  /** Inside a piece, x goes from 0 to 1 over its width and y from its foot up, in the same unit. */
  add({ kind, x, y, size }: Piece): void {
    this.#unit = this.#image.width * size;
    this.#left = this.#image.width * x - this.#unit / 2;
    this.#foot = this.#image.height * y;
    this[kind]();
  }

  rug(): void {
    const { rug, accent } = this.#decor;
    this.#shape(rug, [0, -0.05], [1, -0.05], [0.86, 0.14], [0.14, 0.14]);
    this.#shape(accent, [0.06, -0.03], [0.94, -0.03], [0.935, -0.02], [0.065, -0.02]);
  }

  sofa(): void {
    const { fabric, accent, wood } = this.#decor;
    this.#shadow(0, 1);
    for (const x of [0.06, 0.9]) this.#block(wood, x, 0, 0.04, 0.05);
    this.#block(darker(fabric), 0.06, 0.17, 0.88, 0.26, 0.03);
    this.#block(fabric, 0.08, 0.05, 0.84, 0.15, 0.02);
    this.#block(lighter(fabric), 0.1, 0.18, 0.4, 0.06, 0.02);
    this.#block(lighter(fabric), 0.51, 0.18, 0.4, 0.06, 0.02);
    this.#block(darker(fabric), 0, 0.05, 0.1, 0.25, 0.03);
    this.#block(darker(fabric), 0.9, 0.05, 0.1, 0.25, 0.03);
    this.#block(accent, 0.14, 0.22, 0.15, 0.14, 0.02);
    this.#block(accent, 0.72, 0.22, 0.15, 0.14, 0.02);
  }

  bed(): void {
    const { fabric, accent, wood, rug } = this.#decor;
    this.#shadow(0, 1);
    this.#block(wood, 0.04, 0.1, 0.92, 0.5, 0.02);
    this.#block(darker(wood), 0.02, 0, 0.96, 0.12, 0.01);
    this.#block(lighter(rug), 0.03, 0.1, 0.94, 0.3, 0.03);
    this.#block(fabric, 0.02, 0.06, 0.96, 0.2, 0.02);
    this.#block(accent, 0.02, 0.22, 0.96, 0.05, 0.01);
    for (const x of [0.1, 0.54]) this.#block([250, 248, 244], x, 0.34, 0.36, 0.12, 0.04);
  }

  table(): void {
    const { wood } = this.#decor;
    this.#shadow(0.05, 0.95);
    for (const x of [0.08, 0.88]) this.#block(darker(wood), x, 0, 0.04, 0.3);
    this.#shape(lighter(wood), [0, 0.3], [1, 0.3], [0.93, 0.37], [0.07, 0.37]);
    this.#block(wood, 0, 0.27, 1, 0.03);
  }

  chair(): void {
    const { fabric, wood } = this.#decor;
    this.#shadow(0.1, 0.9);
    for (const x of [0.16, 0.78]) this.#block(wood, x, 0, 0.06, 0.45);
    this.#block(darker(fabric), 0.14, 0.5, 0.72, 0.6, 0.06);
    this.#block(fabric, 0.1, 0.42, 0.8, 0.14, 0.04);
  }

  lamp(): void {
    const { metal, accent } = this.#decor;
    this.#shadow(0.35, 0.65);
    this.#block(metal, 0.4, 0, 0.2, 0.02);
    this.#block(metal, 0.49, 0, 0.02, 0.9);
    this.#shape(lighter(accent), [0.34, 0.86], [0.66, 0.86], [0.58, 1.1], [0.42, 1.1]);
  }

  plant(): void {
    const { accent } = this.#decor;
    this.#shadow(0.3, 0.7);
    const leaf: Colour = [62, 110, 72];
    for (const [x, y] of [
      [0.1, 0.95],
      [0.3, 1.2],
      [0.55, 1.3],
      [0.75, 1.15],
      [0.92, 0.9],
    ] as const) {
      const tone = x < 0.5 ? leaf : lighter(leaf);
      this.#shape(
        tone,
        [0.47, 0.3],
        [x - 0.06, y - 0.24],
        [x, y],
        [x + 0.1, y - 0.28],
        [0.55, 0.3],
      );
    }
    this.#shape(accent, [0.36, 0], [0.64, 0], [0.7, 0.36], [0.3, 0.36]);
  }

  art(): void {
    const { metal, accent, fabric, rug } = this.#decor;
    this.#block(metal, 0, 0, 1, 0.72);
    this.#block(lighter(rug), 0.05, 0.05, 0.9, 0.62);
    this.#shape(fabric, [0.12, 0.1], [0.88, 0.1], [0.7, 0.4], [0.5, 0.22], [0.34, 0.46]);
    this.#block(accent, 0.66, 0.46, 0.13, 0.13, 0.065);
  }

  shelf(): void {
    const { wood, accent, fabric, metal } = this.#decor;
    for (const y of [0, 0.4]) {
      this.#block(wood, 0, y, 1, 0.05);
      [accent, fabric, metal, lighter(fabric), accent].forEach((colour, i) => {
        this.#block(colour, 0.08 + i * 0.09, y + 0.05, 0.07, 0.2 + ((i * 7) % 3) * 0.03);
      });
      this.#block(lighter(accent), 0.7, y + 0.05, 0.16, 0.16, 0.03);
    }
  }

  counter(): void {
    const { wood, rug, metal } = this.#decor;
    this.#shadow(0, 1);
    this.#block(wood, 0.02, 0, 0.96, 0.34);
    for (let i = 1; i < 4; i++) this.#block(darker(wood), 0.02 + i * 0.24, 0, 0.006, 0.34);
    for (let i = 0; i < 4; i++) this.#block(metal, 0.1 + i * 0.24, 0.26, 0.08, 0.012);
    this.#shape(lighter(rug), [0, 0.34], [1, 0.34], [0.96, 0.42], [0.04, 0.42]);
  }

  #block(colour: Colour, x: number, y: number, width: number, height: number, round = 0): void {
    const [left, bottom] = this.#place([x, y]);
    const [right, top] = this.#place([x + width, y + height]);
    const drawing = this.#colour(colour);
    const radius = round * this.#unit;
    // Corners of no radius would draw nothing.
    if (radius > 0) drawing.roundRectangle(left, top, right, bottom, radius, radius);
    else drawing.rectangle(left, top, right, bottom);
  }

  #shape(colour: Colour, ...points: Point[]): void {
    const [first, ...rest] = points.map((point) => this.#place(point));
    if (!first) return;
    const paths = this.#colour(colour).paths().moveToAbs(first[0], first[1]);
    for (const [x, y] of rest) paths.lineToAbs(x, y);
    paths.lineToAbs(first[0], first[1]).drawables();
  }

  #shadow(from: number, to: number): void {
    this.#drawing.fillColor(new MagickColor(0, 0, 0, 70));
    const [left, y] = this.#place([from, 0]);
    const [right] = this.#place([to, 0]);
    const thick = this.#unit * 0.03;
    this.#drawing.roundRectangle(left, y - thick / 2, right, y + thick, thick, thick);
  }

  #colour([r, g, b]: Colour): Drawables {
    return this.#drawing.fillColor(new MagickColor(byte(r), byte(g), byte(b)));
  }

  #place([x, y]: Point): Point {
    return [this.#left + x * this.#unit, this.#foot - y * this.#unit];
  }
}

function lighter([r, g, b]: Colour): Colour {
  return [r + (255 - r) * 0.25, g + (255 - g) * 0.25, b + (255 - b) * 0.25];
}

function darker([r, g, b]: Colour): Colour {
  return [r * 0.78, g * 0.78, b * 0.78];
}

function byte(value: number): number {
  return Math.round(Math.min(255, Math.max(0, value)));
}
