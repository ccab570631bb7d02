// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// EBML, the grammar of WebM: elements of an id, a length and a body.
import { VideoError } from "./errors.ts";

export const ID = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
} as const;

export interface Element {
  id: number;
  body: Uint8Array;
}

// The elements that lie side by side. A live stream's element without a length takes all that is
// left, which is right for a segment and good enough for its last cluster.
export function* elements(bytes: Uint8Array): Generator<Element> {
  let at = 0;
  while (at < bytes.length) {
    const id = number(bytes, at, false);
    const size = number(bytes, at + id.length, true);
    const from = at + id.length + size.length;
    const unknown = size.value === 2 ** (7 * size.length) - 1;
    const to = unknown ? bytes.length : from + size.value;
    if (to > bytes.length) throw new VideoError("The WebM is cut off.");
    yield { id: id.value, body: bytes.subarray(from, to) };
    at = to;
  }
}

export function unsigned(body: Uint8Array): number {
  return body.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function float(body: Uint8Array): number {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return body.length === 4 ? view.getFloat32(0) : body.length === 8 ? view.getFloat64(0) : 0;
}

function number(bytes: Uint8Array, at: number, isSize: boolean): { value: number; length: number } {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > bytes.length) throw new VideoError("The WebM is damaged.");
  let value = isSize ? first & (0xff >> length) : first;
  for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i]!;
  return { value, length };
}

// Writing: a body is bytes, a number, a text or more elements.
export type Body = Uint8Array | number | string | Uint8Array[];

export function element(id: number, body: Body): Uint8Array {
  const content = Array.isArray(body) ? joined(body) : bytesOf(body);
  return joined([idBytes(id), sizeBytes(content.length), content]);
}

export function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function float64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

function bytesOf(body: Uint8Array | number | string): Uint8Array {
  if (typeof body === "string") return new TextEncoder().encode(body);
  return typeof body === "number" ? idBytes(body) : body;
}

// A whole number in as few bytes as it takes.
function idBytes(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Uint8Array.from(bytes.length > 0 ? bytes : [0]);
}

// A length in eight bytes: simple, and never too short.
function sizeBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length));
  bytes[0] = 1;
  return bytes;
}
