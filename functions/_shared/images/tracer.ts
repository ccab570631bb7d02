import { initSync, to_svg } from "vtracer-wasm";
import type { Raster } from "./codec.ts";
import { readPackageFile } from "./wasm.ts";

/** As vtracer takes them: angles in radians, precision as the bits of colour to ignore. */
const SETTINGS = {
  binary: false,
  mode: "spline",
  hierarchical: "stacked",
  cornerThreshold: Math.PI / 3,
  spliceThreshold: Math.PI / 4,
  lengthThreshold: 4,
  maxIterations: 10,
  colorPrecision: 0,
  layerDifference: 4,
  pathPrecision: 1,
};

/** The only thing taken from the tracer: plain coloured paths. */
const PATH =
  /<path d="[MLCZ0-9 .-]*" fill="#[0-9A-Fa-f]{6}" transform="translate\([0-9.,-]+\)"\/>/g;

let ready: Promise<void> | undefined;

function load(): Promise<void> {
  ready ??= readPackageFile(new URL("vtracer.wasm", import.meta.resolve("vtracer-wasm")).href).then(
    (module) => {
      initSync({ module });
    },
    (error) => {
      ready = undefined; // the next call tries again
      throw error;
    },
  );
  return ready;
}

/** SVG paths, the lowest first. Parts of fewer than `speck` squared pixels are left out. */
export async function trace({ data, width, height }: Raster, speck: number): Promise<string> {
  await load();
  // A clear row on top makes the tracer leave clear pixels out; alone it looks only at a few rows.
  const padded = new Uint8Array(data.length + width * 4);
  padded.set(data, width * 4);
  const svg = to_svg(padded, width, height + 1, { ...SETTINGS, filterSpeckle: speck });
  const palette = paletteOf(data);
  const paths = (svg.match(PATH) ?? []).map((path) =>
    path.replace(/fill="#(.{6})"/, (_, code: string) => `fill="#${restored(palette, code)}"`),
  );
  return `<g transform="translate(0,-1)">\n${paths.join("\n")}\n</g>`;
}

/** How often each colour of a picture of few occurs; of more than 256, none. */
function paletteOf(data: Uint8Array): Map<number, number> {
  const found = new Map<number, number>();
  for (let at = 0; at < data.length && found.size <= 256; at += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    const colour = (r << 16) | (g << 8) | b;
    found.set(colour, (found.get(colour) ?? 0) + 1);
  }
  return found.size > 256 ? new Map() : found;
}

/** The tracer rounds means down, so that flat colours come out a level too dark. */
function restored(palette: Map<number, number>, code: string): string {
  const value = Number.parseInt(code, 16);
  let best = value;
  let most = 20 * (palette.get(value) ?? 0);
  for (const [colour, count] of palette) {
    const far =
      Math.abs((colour >> 16) - (value >> 16)) +
      Math.abs(((colour >> 8) & 255) - ((value >> 8) & 255)) +
      Math.abs((colour & 255) - (value & 255));
    if (far > 4 || count <= most) continue;
    most = count;
    best = colour;
  }
  return best.toString(16).padStart(6, "0");
}
