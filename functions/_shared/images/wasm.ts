// Loads the package's own WebAssembly from node_modules. import.meta.resolve knows the place in
// Deno and in Node alike; nothing is fetched from the network.
import { readFile } from "node:fs/promises";
import { initializeImageMagick, Magick, ResourceLimits } from "@imagemagick/magick-wasm";
import { MAX_SIDE } from "./limits.ts";

export const POSTER_FONT = "poster";

let magick: Promise<void> | undefined;

export async function readPackageFile(url: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL(url)));
}

export function loadMagick(): Promise<void> {
  magick ??= startMagick().catch((error) => {
    magick = undefined; // the next call tries again
    throw error;
  });
  return magick;
}

async function startMagick(): Promise<void> {
  await initializeImageMagick(
    await readPackageFile(import.meta.resolve("@imagemagick/magick-wasm/magick.wasm")),
  );
  // The header is checked first; these hold should a decoder see another size than we did.
  ResourceLimits.width = BigInt(MAX_SIDE);
  ResourceLimits.height = BigInt(MAX_SIDE);
  Magick.addFont(
    POSTER_FONT,
    await readPackageFile(
      import.meta.resolve("@expo-google-fonts/inter/800ExtraBold/Inter_800ExtraBold.ttf"),
    ),
  );
}
