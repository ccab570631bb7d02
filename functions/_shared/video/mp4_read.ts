import { VideoError } from "./errors.ts";

interface Box {
  type: string;
  body: Uint8Array;
}

const MAX_BOXES = 10_000;

// The boxes that lie side by side in a part of an MP4 file.
function* boxes(bytes: Uint8Array): Generator<Box> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (let count = 0; at + 8 <= bytes.byteLength; count++) {
    if (count > MAX_BOXES) throw new VideoError("The MP4 has too many boxes.");
    let size = view.getUint32(at);
    let header = 8;
    if (size === 1) {
      if (at + 16 > bytes.byteLength) break;
      size = Number(view.getBigUint64(at + 8));
      header = 16;
    } else if (size === 0) {
      size = bytes.byteLength - at;
    }
    if (size < header || at + size > bytes.byteLength) {
      throw new VideoError("The MP4 is cut off.");
    }
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    yield { type, body: bytes.subarray(at + header, at + size) };
    at += size;
  }
}

function child(body: Uint8Array | undefined, type: string): Uint8Array | undefined {
  if (!body) return undefined;
  for (const box of boxes(body)) if (box.type === type) return box.body;
  return undefined;
}

export function readMp4(bytes: Uint8Array): { width: number; height: number; seconds: number } {
  const moov = child(bytes, "moov");
  if (!moov) throw new VideoError("The MP4 has no index.");
  let media = false;
  for (const { type, body } of boxes(bytes)) if (type === "mdat" && body.length > 0) media = true;
  if (!media) throw new VideoError("The MP4 has no media.");
  const seconds = durationOf(child(moov, "mvhd"));
  for (const { type, body } of boxes(moov)) {
    if (type !== "trak") continue;
    const handler = child(child(body, "mdia"), "hdlr");
    if (!handler || String.fromCharCode(...handler.subarray(8, 12)) !== "vide") continue;
    const { width, height } = sizeOf(child(body, "tkhd"));
    return { width, height, seconds };
  }
  throw new VideoError("The MP4 has no picture.");
}

function durationOf(mvhd: Uint8Array | undefined): number {
  const view = viewOf(mvhd, 32);
  const is64 = view.getUint8(0) === 1;
  const scale = view.getUint32(is64 ? 20 : 12);
  const duration = is64 ? Number(view.getBigUint64(24)) : view.getUint32(16);
  return scale > 0 ? duration / scale : 0;
}

// The last eight bytes of the track header, in 16.16 fixed point.
function sizeOf(tkhd: Uint8Array | undefined): { width: number; height: number } {
  const view = viewOf(tkhd, 84);
  const end = view.byteLength;
  return { width: view.getUint32(end - 8) >>> 16, height: view.getUint32(end - 4) >>> 16 };
}

function viewOf(body: Uint8Array | undefined, least: number): DataView {
  if (!body || body.byteLength < least) throw new VideoError("The MP4's index is damaged.");
  return new DataView(body.buffer, body.byteOffset, body.byteLength);
}
