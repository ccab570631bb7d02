import { Drawables, MagickColor } from "@imagemagick/magick-wasm";
import { encodePng, type Picture, pixelsOf, type Raster, withPixels } from "./codec.ts";
import { ImageError } from "./errors.ts";
import { drawableWords, setWords } from "./lettering.ts";
import { PALETTES, type Palette } from "./palettes.ts";
import { randomFrom } from "./random.ts";
import { drawScenery } from "./scenery.ts";
import { POSTER_FONT } from "./wasm.ts";

const LEADING = 1.12;
const SIDES = { least: 64, most: 4096 };

/** A poster of the prompt's words. The same prompt and size make the same picture. */
export async function drawPoster(
  prompt: string,
  size: { width: number; height: number } = { width: 1024, height: 1024 },
): Promise<Picture> {
  for (const side of [size.width, size.height]) {
    if (!Number.isInteger(side) || side < SIDES.least || side > SIDES.most) {
      throw new ImageError(
        "size_invalid",
        `A poster's sides are whole numbers from ${SIDES.least} to ${SIDES.most}.`,
      );
    }
  }
  const words = drawableWords(prompt);
  if (!words) {
    throw new ImageError("prompt_empty", "The prompt has no words that can be drawn.");
  }
  const random = randomFrom(words);
  const palette = paletteFor(words, random);
  const scenery = drawScenery(size, palette, random);
  return encodePng(await withWords(scenery, words, palette));
}

function paletteFor(words: string, random: () => number): Palette {
  const any = PALETTES[Math.floor(random() * PALETTES.length)] as Palette;
  return PALETTES.find((palette) => palette.words.test(words)) ?? any;
}

function withWords(scenery: Raster, words: string, { ink }: Palette): Promise<Raster> {
  const { width, height } = scenery;
  const margin = Math.round(Math.min(width, height) * 0.08);
  const box = { width: width - margin * 2, height: height * 0.46 };
  return withPixels(scenery, (image) => {
    const measure = new Drawables().font(POSTER_FONT).fontPointSize(100);
    const known = new Map<string, number>();
    const widthOf = (text: string) => {
      let found = known.get(text);
      if (found === undefined) {
        found = (measure.fontTypeMetrics(text)?.textWidth ?? 0) / 100;
        known.set(text, found);
      }
      return found;
    };
    const { lines, size } = setWords(words, box, LEADING, widthOf);
    const text = new Drawables()
      .font(POSTER_FONT)
      .fontPointSize(size)
      .fillColor(new MagickColor(ink[0], ink[1], ink[2]));
    lines.forEach((line, i) => {
      text.text(margin, margin + size * (0.78 + i * LEADING), line);
    });
    text.draw(image);
    return pixelsOf(image);
  });
}
