import { ImageError } from "../../../../functions/_shared/images/errors.ts";
import type { ImageTools, Picture } from "../../../../functions/_shared/providers/image_tools.ts";
import { writeWebm } from "../../../../functions/_shared/video/webm_write.ts";

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
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><title>${width}x${height}</title><path d="M0 0"/></svg>`;
    return { bytes: new TextEncoder().encode(svg), contentType: "image/svg+xml", width, height };
  },
  drawPoster: async (prompt, { width, height }) => make(width, height, `poster: ${prompt}`),
  drawClip: async ({ prompt, width, height, reference }) => {
    const frames = [picture(width, height, `${reference ? "moved" : "drawn"}: ${prompt}`)];
    const bytes = writeWebm({ width, height, framesPerSecond: 1, frames });
    return { bytes, contentType: "video/webm", width, height };
  },
  stageRoom: async (bytes, { roomType, style }) => {
    const { width, height } = read(bytes);
    return make(width, height, `${style} ${roomType}`);
  },
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
