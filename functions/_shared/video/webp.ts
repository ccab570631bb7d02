import { joined } from "./ebml.ts";
import { VideoError } from "./errors.ts";

interface Size {
  width: number;
  height: number;
}

// A lossy WebP without transparency is a RIFF file around one VP8 key frame. So the frames of our
// videos are made by the encoder of WebP, and any of them is a WebP again.
export function frameOfWebp(webp: Uint8Array): Uint8Array {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  for (let at = 12; at + 8 <= webp.length; ) {
    const size = view.getUint32(at + 4, true);
    if (String.fromCharCode(...webp.subarray(at, at + 4)) === "VP8 ") {
      return webp.slice(at + 8, at + 8 + size);
    }
    at += 8 + size + (size & 1);
  }
  throw new VideoError("The WebP is not a lossy one.");
}

export function webpOfFrame(frame: Uint8Array): Uint8Array {
  return riff([chunk("VP8 ", frame)]);
}

// The frames again and again, each for so many milliseconds.
export function animatedWebp(
  frames: Uint8Array[],
  { width, height }: Size,
  milliseconds: number,
): Uint8Array {
  const canvas = joined([Uint8Array.of(0x02, 0, 0, 0), u24(width - 1), u24(height - 1)]);
  const loopForEver = Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0, 0);
  return riff([
    chunk("VP8X", canvas),
    chunk("ANIM", loopForEver),
    ...frames.map((frame) =>
      chunk(
        "ANMF",
        joined([
          u24(0),
          u24(0),
          u24(width - 1),
          u24(height - 1),
          u24(milliseconds),
          // Drawn over what was there: each frame covers the canvas.
          Uint8Array.of(0x02),
          chunk("VP8 ", frame),
        ]),
      ),
    ),
  ]);
}

function riff(chunks: Uint8Array[]): Uint8Array {
  const body = joined([ascii("WEBP"), ...chunks]);
  return joined([ascii("RIFF"), u32(body.length), body]);
}

function chunk(name: string, body: Uint8Array): Uint8Array {
  const padding = new Uint8Array(body.length & 1);
  return joined([ascii(name), u32(body.length), body, padding]);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function u24(value: number): Uint8Array {
  return Uint8Array.of(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff);
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
