import { describe, expect, it } from "vitest";
import { drawableWords, setWords } from "../../../functions/_shared/images/lettering.ts";
import { drawPoster } from "../../../functions/_shared/images/mod.ts";
import { type Colour, PALETTES } from "../../../functions/_shared/images/palettes.ts";
import { decode, pixel, refusal } from "./helpers.ts";

/** How far apart two colours are to the eye, as WCAG counts it. */
function contrast(a: Colour, b: Colour): number {
  const light = (colour: Colour) => {
    const [r, g, b] = colour.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  return Math.max(light(a), light(b)) / Math.min(light(a), light(b));
}

const small = { width: 320, height: 240 };

describe("drawPoster", () => {
  it("draws the same poster for the same prompt and another for another", async () => {
    const first = await drawPoster("A quiet harbour", small);
    expect(first).toMatchObject({ contentType: "image/png", ...small });
    expect(await drawPoster("A quiet  harbour ", small)).toEqual(first);
    expect((await drawPoster("A quiet harbor", small)).bytes).not.toEqual(first.bytes);
  });

  it("draws a square of 1024 unless told otherwise", async () => {
    expect(await drawPoster("Plain")).toMatchObject({ width: 1024, height: 1024 });
  });

  it("draws words that can be read on every palette", () => {
    for (const { sky, ink } of PALETTES) {
      for (const ground of sky) expect(contrast(ink, ground)).toBeGreaterThan(5.5);
    }
  });

  it("draws the words where they belong, percent signs and all", async () => {
    const ink = async (prompt: string) => {
      const raster = await decode((await drawPoster(prompt, { width: 400, height: 400 })).bytes);
      const palette = PALETTES.find(({ words }) => words.test("forest"));
      const [r, g, b] = palette?.ink ?? [0, 0, 0];
      const rows = new Set<number>();
      let count = 0;
      for (let y = 0; y < 220; y++) {
        for (let x = 0; x < 400; x++) {
          const [red = 0, green = 0, blue = 0] = pixel(raster, x, y);
          if (red !== r || green !== g || blue !== b) continue;
          rows.add(y);
          count += 1;
          expect(x).toBeGreaterThan(24);
          expect(x).toBeLessThan(376);
        }
      }
      return { count, rows: rows.size };
    };
    const plain = await ink("forest");
    expect(plain.count).toBeGreaterThan(1500);
    expect((await ink("forest of a hundred tall old trees")).rows).toBeGreaterThan(plain.rows);
    // Read as a property of the picture, "%w" would be its width.
    expect(await ink("forest %w")).not.toEqual(await ink("forest 400"));
  });

  it("refuses a prompt without a word it can draw", async () => {
    for (const prompt of ["", "   ", "\n\t", "🦊🦊", "…!?", "狐"]) {
      await refusal(drawPoster(prompt), "prompt_empty");
    }
  });

  it("refuses sides that make no poster", async () => {
    for (const side of [0, -5, 12.5, 63, 4097, Number.NaN, Number.POSITIVE_INFINITY]) {
      await refusal(drawPoster("Plain", { width: side, height: 400 }), "size_invalid");
    }
  });
});

describe("lettering", () => {
  const widthOf = (text: string) => text.length * 0.6;

  it("breaks lines between words and fits the box", () => {
    const words = "one two three four five six seven eight nine ten";
    const { lines, size } = setWords(words, { width: 400, height: 200 }, 1.1, widthOf);
    expect(lines.join(" ")).toBe(words);
    expect(lines.length * 1.1 * size).toBeLessThanOrEqual(200);
    for (const line of lines) expect(widthOf(line) * size).toBeLessThanOrEqual(400);
  });

  it("cuts a word only where no readable size holds it", () => {
    const { lines } = setWords("Kapitänspatent", { width: 400, height: 200 }, 1.1, widthOf);
    expect(lines).toEqual(["Kapitänspatent"]);
    const { lines: cut } = setWords("x".repeat(90), { width: 400, height: 200 }, 1.1, widthOf);
    expect(cut.length).toBeGreaterThan(1);
    expect(cut.join("")).toBe("x".repeat(90));
  });

  it("keeps Latin, Cyrillic and Greek, drops the rest, and shortens what is too long", () => {
    expect(drawableWords(" Fox  🦊 лиса \u0000 αλεπού 狐 ")).toBe("Fox лиса αλεπού");
    const long = drawableWords("word ".repeat(200));
    expect(long.length).toBeLessThan(290);
    expect(long).toMatch(/word…$/);
  });
});
