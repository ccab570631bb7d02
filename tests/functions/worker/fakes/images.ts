import { ImageError } from "../../../../functions/_shared/images/errors.ts";
import type { ImageTools, Picture } from "../../../../functions/_shared/providers/image_tools.ts";

// Pictures as text: "png 10x20 …". Fast, and a test can read what was done to them.
export function picture(width: number, height: number, note = "source"): Uint8Array {
  return new TextEncoder().encode(`png ${width}x${height} ${note}`);
}

export function noteOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

const TYPES: Record<string, string> = { png: "image/png", webp: "image/webp" };

export const fakeImages: ImageTools = {
  inspect: async (bytes) => {
    const { kind, width, height } = read(bytes);
    return { contentType: TYPES[kind] ?? "", width, height };
  },
  upscale: async (bytes, factor) => {
    const { width, height } = read(bytes);
    return make(width * factor, height * factor, `upscaled ${factor}`);
  },
  removeBackground: async (bytes) => {
    const { width, height, note } = read(bytes);
    if (note.includes("busy")) throw new ImageError("background_not_plain", "Not plain enough.");
    return make(width, height, "without background");
  },
  vectorize: async (bytes) => {
    const { width, height } = read(bytes);
    return { ...make(width, height, "traced"), contentType: "image/svg+xml" };
  },
  drawPoster: async (prompt, { width, height }) => make(width, height, `poster: ${prompt}`),
  thumbnail: async (bytes, side = 512) => {
    const { note } = read(bytes);
    const made = new TextEncoder().encode(`webp ${side}x${side} thumbnail of ${note}`);
    return { bytes: made, contentType: "image/webp", width: side, height: side };
  },
};

function make(width: number, height: number, note: string): Picture {
  return { bytes: picture(width, height, note), contentType: "image/png", width, height };
}

function read(bytes: Uint8Array) {
  const found = /^(png|webp) (\d+)x(\d+) (.*)$/.exec(noteOf(bytes));
  if (!found) throw new ImageError("image_unreadable", "This is not a picture.");
  const [, kind = "", width, height, note = ""] = found;
  return { kind, width: Number(width), height: Number(height), note };
}
