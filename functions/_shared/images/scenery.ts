// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// The picture behind the words: a calm sky on top for them, a sun, and layers of land below.
import type { Raster } from "./codec.ts";
import type { Colour, Palette } from "./palettes.ts";

interface Layer {
  colour: Colour;
  /** The height of its edge at each column, in pixels from the top. */
  edge: Float32Array;
}

interface Sun {
  x: number;
  y: number;
  radius: number;
  rings: number;
}

function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export function drawScenery(
  { width, height }: { width: number; height: number },
  palette: Palette,
  random: () => number,
): Raster {
  const unit = Math.min(width, height);
  const layers = drawLayers(width, height, palette, random);
  const sun: Sun = {
    x: width * (0.56 + 0.28 * random()),
    y: height * (0.66 + 0.04 * random()),
    radius: unit * (0.13 + 0.06 * random()),
    rings: 2 + Math.floor(random() * 3),
  };
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y++) {
    const calm = Math.min(1, Math.max(0, (y / height - 0.55) / 0.08));
    const sky = mix(palette.sky[0], palette.sky[1], Math.min(1, y / (height * 0.72)) ** 1.3);
    for (let x = 0; x < width; x++) {
      let [r, g, b] = sky;
      const cover = sunAt(sun, x, y, calm);
      if (cover > 0) [r, g, b] = mix([r, g, b], palette.sun, cover);
      for (const { colour, edge } of layers) {
        const depth = y - edge[x]!;
        if (depth <= -0.5) continue;
        const share = Math.min(1, depth + 0.5);
        // Each layer is a little lighter at its edge, as if mist lay behind it.
        const lift = 1 + 0.16 * Math.exp(-depth / (unit * 0.05));
        r += (Math.min(255, colour[0] * lift) - r) * share;
        g += (Math.min(255, colour[1] * lift) - g) * share;
        b += (Math.min(255, colour[2] * lift) - b) * share;
      }
      const grain = (random() - 0.5) * 5;
      const at = (y * width + x) * 4;
      data[at] = byte(r + grain);
      data[at + 1] = byte(g + grain);
      data[at + 2] = byte(b + grain);
    }
  }
  return { data, width, height };
}

function byte(value: number): number {
  return value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
}

/** A disc, and rings that fade with their distance. */
function sunAt({ x, y, radius, rings }: Sun, px: number, py: number, calm: number): number {
  const far = Math.hypot(px - x, py - y);
  if (far > radius * (1 + rings * 0.34) + 1) return 0;
  const disc = Math.min(1, Math.max(0, radius - far + 0.5));
  let ring = 0;
  for (let i = 1; i <= rings; i++) {
    const line = Math.abs(far - radius * (1 + i * 0.32));
    ring = Math.max(ring, Math.min(1, Math.max(0, radius * 0.018 - line + 0.5)) * (0.7 - 0.14 * i));
  }
  // No ring crosses the words.
  return Math.max(disc, ring * calm);
}

function drawLayers(
  width: number,
  height: number,
  { land }: Palette,
  random: () => number,
): Layer[] {
  const count = 4 + Math.floor(random() * 3);
  const sharpness = random();
  return Array.from({ length: count }, (_, index) => {
    const near = index / (count - 1);
    const base = height * (0.7 + 0.24 * near);
    const swing = height * (0.055 - 0.02 * near);
    const waves = [0.8, 1.7, 3.9].map((pitch, i) => ({
      pitch: (pitch * (0.8 + 0.5 * random()) * 2 * Math.PI) / width,
      turn: random() * 2 * Math.PI,
      size: 1 / (1 + i * 1.4),
    }));
    const edge = Float32Array.from({ length: width }, (_, x) => {
      let sum = 0;
      for (const { pitch, turn, size } of waves) {
        const wave = Math.sin(x * pitch + turn);
        // Round hills for some prompts, ridges for others.
        sum += size * (wave * (1 - sharpness) + (1 - 2 * Math.abs(wave)) * sharpness);
      }
      return base - swing * sum;
    });
    return { colour: mix(land[0], land[1], near), edge };
  });
}
