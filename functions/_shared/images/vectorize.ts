// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// Noise goes first, then the picture is enlarged, so that the tracer sees smooth edges between the
// pixels, and reduced to few colours, so that a gradient becomes bands instead of one flat area.
import { DitherMethod, FilterType, QuantizeSettings } from "@imagemagick/magick-wasm";
import {
  decode,
  isInvisible,
  isOpaque,
  type Picture,
  pixelsOf,
  type Raster,
  withPixels,
} from "./codec.ts";
import { ImageError } from "./errors.ts";
import { smoothed, snapped, solidColours, type Texture, textureOf } from "./smooth.ts";
import { trace } from "./tracer.ts";

const COLOURS = 96;
/** Above this share of half-transparent pixels they are more than soft edges. */
const SOFT = 0.12;
const TINY = 64;

export async function vectorize(bytes: Uint8Array): Promise<Picture> {
  const source = await decode(bytes);
  if (isInvisible(source)) {
    throw new ImageError("image_empty", "Every pixel of the picture is transparent.");
  }
  const { width, height } = source;
  const content = width * height <= TINY ? squares(source) : await traced(source);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">\n${content}\n</svg>\n`;
  return { bytes: new TextEncoder().encode(svg), contentType: "image/svg+xml", width, height };
}

async function traced(source: Raster): Promise<string> {
  const texture = textureOf(source);
  const solid = isOpaque(source) ? source : solidColours(source);
  const clean = texture.noise > 0 ? smoothed(solid, Math.min(12, 4 * texture.noise)) : solid;
  const { colours, alpha } = await prepared(clean, texture);
  const scale = `scale(${round(source.width / colours.width)},${round(source.height / colours.height)})`;
  const speck = texture.busy > 0.2 ? 4 : 3;
  const { data } = colours;
  const isSoft = hasSoftParts(alpha);
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    // Soft parts are cut by the mask; so their colours reach a little under it.
    data[pixel * 4 + 3] = alpha[pixel]! >= (isSoft ? 4 : 128) ? 255 : 0;
  }
  const paths = await trace(colours, speck);
  if (!isSoft) return `<g transform="${scale}">\n${paths}\n</g>`;
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    data.fill(alpha[pixel]!, pixel * 4, pixel * 4 + 3);
    data[pixel * 4 + 3] = 255;
  }
  const mask = await trace(await reduced(colours, 32), speck);
  return `<mask id="alpha" maskUnits="userSpaceOnUse" x="0" y="0" width="${source.width}" height="${source.height}">\n<g transform="${scale}">\n${mask}\n</g>\n</mask>\n<g mask="url(#alpha)">\n<g transform="${scale}">\n${paths}\n</g>\n</g>`;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** The size to trace at: the more edges, the fewer pixels, so that it takes about as long. */
function scaleFor({ width, height }: Raster, { busy }: Texture): number {
  const pixels = width * height;
  const secondsPerMegapixel = 0.5 + 5 * busy + 40 * busy ** 2;
  const scale = Math.sqrt(1.5e6 / secondsPerMegapixel / pixels);
  return Math.min(2, Math.max(scale, Math.min(1, Math.sqrt(3.5e5 / pixels))));
}

async function prepared(
  raster: Raster,
  texture: Texture,
): Promise<{ colours: Raster; alpha: Uint8Array }> {
  const scale = scaleFor(raster, texture);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const whole = await withPixels(raster, (image) => {
    image.filterType = FilterType.Lanczos;
    image.resize(side(image.width), side(image.height));
    return pixelsOf(image);
  });
  const alpha = Uint8Array.from(
    { length: whole.data.length / 4 },
    (_, at) => whole.data[at * 4 + 3]!,
  );
  if (texture.busy > 0.2) return { colours: whole, alpha };
  const sharp = scale > 1 ? snapped(whole, 2) : whole;
  for (let at = 3; at < sharp.data.length; at += 4) sharp.data[at] = 255;
  return { colours: await reduced(sharp, COLOURS), alpha };
}

async function reduced(raster: Raster, colours: number): Promise<Raster> {
  const few = await withPixels(raster, (image) => {
    image.quantize(flat(colours));
    return pixelsOf(image);
  });
  keepFlatColours(raster.data, few.data);
  return few;
}

/** A colour of the reduced picture is a mean; where most of its pixels agree, it is theirs. */
function keepFlatColours(source: Uint8Array, few: Uint8Array): void {
  const colourAt = (data: Uint8Array, at: number) =>
    (data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!;
  // The majority vote of Boyer and Moore: one candidate a colour, and one pass.
  const votes = new Map<number, { colour: number; lead: number; all: number }>();
  for (let at = 0; at < few.length; at += 4) {
    const mean = colourAt(few, at);
    const colour = colourAt(source, at);
    const vote = votes.get(mean);
    if (!vote) {
      votes.set(mean, { colour, lead: 1, all: 1 });
      continue;
    }
    vote.all += 1;
    if (vote.colour === colour) vote.lead += 1;
    else if (vote.lead > 0) vote.lead -= 1;
    else Object.assign(vote, { colour, lead: 1 });
  }
  for (let at = 0; at < few.length; at += 4) {
    const vote = votes.get(colourAt(few, at));
    if (!vote || vote.lead < vote.all * 0.2) continue;
    few[at] = vote.colour >> 16;
    few[at + 1] = (vote.colour >> 8) & 255;
    few[at + 2] = vote.colour & 255;
  }
}

function flat(colours: number): QuantizeSettings {
  const settings = new QuantizeSettings();
  settings.colors = colours;
  settings.ditherMethod = DitherMethod.No;
  return settings;
}

function hasSoftParts(alpha: Uint8Array): boolean {
  let visible = 0;
  let partial = 0;
  for (const value of alpha) {
    if (value > 8) visible += 1;
    if (value > 24 && value < 232) partial += 1;
  }
  return partial > visible * SOFT;
}

/** A handful of pixels has nothing to trace. */
function squares({ data, width, height }: Raster): string {
  const out: string[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [r, g, b, a] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
      if (a === 0) continue;
      const opacity = a === 255 ? "" : ` fill-opacity="${round(a! / 255)}"`;
      out.push(
        `<rect x="${x}" y="${y}" width="1" height="1" fill="rgb(${r},${g},${b})"${opacity}/>`,
      );
    }
  }
  return out.join("\n");
}
