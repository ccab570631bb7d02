// Draws the picture of the demo and of the tests: a bottle on a nearly plain background, with a
// vignette, noise and soft edges, as from a camera. Run: npx tsx scripts/demo/draw_picture.ts
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { encodePng } from "../../functions/_shared/images/codec.ts";

type Colour = [number, number, number];
type Point = [number, number];

const WIDTH = 512;
const HEIGHT = 384;
const SAMPLES = 4; // each way, for edges as soft as a lens makes them

/** The same noise on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function mix(a: Colour, b: Colour, share: number): Colour {
  const t = Math.min(1, Math.max(0, share));
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** Distance to a rounded box; negative inside. */
function box([x, y]: Point, [cx, cy]: Point, [w, h]: Point, radius: number): number {
  const dx = Math.abs(x - cx) - w + radius;
  const dy = Math.abs(y - cy) - h + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

function background([x, y]: Point): Colour {
  const fromCentre = Math.hypot((x - 256) / 320, (y - 176) / 280);
  const light = 1 - 0.075 * fromCentre ** 2;
  return [236 * light, 233 * light, 227 * light];
}

/** Half the bottle's width at a height: cap, neck, shoulders, body. */
function halfWidth(y: number): number {
  if (y < 52 || y > 340) return -1;
  if (y < 96) return 27;
  if (y < 116) return 20;
  if (y < 166) {
    const t = (y - 116) / 50;
    return 20 + 58 * (t * t * (3 - 2 * t));
  }
  if (y < 322) return 78;
  return 60 + Math.sqrt(Math.max(0, 18 ** 2 - (y - 322) ** 2));
}

function leaf([x, y]: Point, [cx, cy]: Point, angle: number, size: number): boolean {
  const dx = (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle);
  const dy = (y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle);
  const along = dx / size;
  return along > 0 && along < 1 && Math.abs(dy) < size * 0.34 * Math.sin(Math.PI * along ** 0.8);
}

function bottle(point: Point): Colour | undefined {
  const [x, y] = point;
  const half = halfWidth(y);
  const across = x - 256;
  if (Math.abs(across) > half) return undefined;
  const turn = across / half; // -1 at the left rim, 1 at the right
  const shade = 0.62 + 0.5 * Math.sqrt(Math.max(0, 1 - (turn + 0.25) ** 2 / 1.6));
  const lit = (colour: Colour): Colour => [colour[0] * shade, colour[1] * shade, colour[2] * shade];
  if (y < 96) {
    const ridge = 0.94 + 0.06 * Math.cos(across * 1.1);
    return lit(mix([44, 42, 48], [70, 66, 74], ridge));
  }
  if (box(point, [256, 248], [58, 52], 8) < 0) {
    // The label is about as light as the background: it must stay when the background goes.
    const paper = mix([226, 224, 219], [244, 242, 237], 0.5 + turn * -0.5);
    if (leaf(point, [256, 268], -2.25, 50) || leaf(point, [256, 268], -0.9, 50)) {
      return [34, 116, 84];
    }
    if (leaf(point, [256, 268], -1.57, 58)) return [232, 120, 62];
    if (Math.abs(y - 282) < 3 && Math.abs(across) < 34) return [52, 58, 66];
    return paper;
  }
  const glass = lit(mix([18, 132, 140], [10, 88, 112], (y - 116) / 226));
  const shine =
    Math.exp(-(((turn + 0.62) / 0.09) ** 2)) * 0.55 * Math.min(1, Math.max(0, (326 - y) / 26));
  return mix(glass, [255, 255, 255], y > 120 ? shine : 0);
}

function drawPixels(): Uint8Array {
  const random = randomFrom(20240607);
  const data = new Uint8Array(WIDTH * HEIGHT * 4);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const sum: Colour = [0, 0, 0];
      for (let i = 0; i < SAMPLES * SAMPLES; i++) {
        // The samples reach over the pixel's edge: a slight blur.
        const at: Point = [
          x + 0.5 + (((i % SAMPLES) + 0.5) / SAMPLES - 0.5) * 1.8,
          y + 0.5 + ((Math.floor(i / SAMPLES) + 0.5) / SAMPLES - 0.5) * 1.8,
        ];
        const colour = bottle(at) ?? background(at);
        for (let c = 0; c < 3; c++) sum[c as 0] += colour[c as 0] / SAMPLES ** 2;
      }
      const noise = (random() + random() + random() - 1.5) * 2.6;
      const offset = (y * WIDTH + x) * 4;
      data.set(
        [...sum.map((value) => Math.round(Math.min(255, Math.max(0, value + noise)))), 255],
        offset,
      );
    }
  }
  return data;
}

async function drawPicture(): Promise<Uint8Array> {
  const picture = await encodePng({ data: drawPixels(), width: WIDTH, height: HEIGHT });
  return picture.bytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const place = fileURLToPath(new URL("picture.png", import.meta.url));
  await writeFile(place, await drawPicture());
  console.log(`Drew ${place}`);
}
