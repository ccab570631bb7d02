// biome-ignore-all lint/style/noNonNullAssertion: typed arrays, indexed within their length.
// Writes a PNG from rows as they are made, so that a large result never sits in memory unpacked.
import { createDeflate } from "node:zlib";
import { crc32 } from "./crc32.ts";

export interface PngRows {
  width: number;
  height: number;
  channels: 3 | 4;
  /** Each row once, from the top, `width * channels` bytes; it may be reused after the next pull. */
  rows: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

export async function writePng({ width, height, channels, rows }: PngRows): Promise<Uint8Array> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, channels === 4 ? 6 : 2], 8);

  const deflate = createDeflate({ level: 4, memLevel: 9 });
  const packed: Uint8Array[] = [];
  deflate.on("data", (part: Uint8Array) => packed.push(part));
  const ended = new Promise<void>((resolve, reject) => {
    deflate.on("end", resolve).on("error", reject);
  });
  let above = new Uint8Array(width * channels);
  // About a megabyte at a time: few hand-overs, and the event loop breathes between them.
  const perBatch = Math.max(1, Math.floor((1 << 20) / (width * channels)));
  let batch = new Uint8Array(perBatch * (width * channels + 1));
  let filled = 0;
  for await (const row of rows) {
    filterRow(row, above, channels, batch, filled);
    filled += row.length + 1;
    above = above.length === row.length ? above : new Uint8Array(row.length);
    above.set(row);
    if (filled === batch.length) {
      await written(deflate, batch);
      await breath();
      batch = new Uint8Array(batch.length);
      filled = 0;
    }
  }
  if (filled > 0) await written(deflate, batch.subarray(0, filled));
  deflate.end();
  await ended;
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    ...chunk("IHDR", [header]),
    ...chunk("IDAT", packed),
    ...chunk("IEND", []),
  ]);
}

/** Deno runs a stream's callbacks before its timers; without this a heartbeat would wait. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function written(deflate: ReturnType<typeof createDeflate>, part: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    deflate.write(part, (error) => (error ? reject(error) : resolve()));
  });
}

/** Picks the filter that leaves the smallest differences, judged on every seventh byte. */
function filterRow(
  row: Uint8Array,
  above: Uint8Array,
  channels: number,
  out: Uint8Array,
  at: number,
): void {
  let sub = 0;
  let up = 0;
  let paeth = 0;
  for (let i = channels; i < row.length; i += 7) {
    const value = row[i]!;
    const left = row[i - channels]!;
    const top = above[i]!;
    sub += Math.abs(((value - left) << 24) >> 24);
    up += Math.abs(((value - top) << 24) >> 24);
    const guess = predict(left, top, above[i - channels]!);
    paeth += Math.abs(((value - guess) << 24) >> 24);
  }
  const kind = paeth < sub && paeth < up ? 4 : up < sub ? 2 : 1;
  out[at] = kind;
  const start = at + 1;
  for (let i = 0; i < channels; i++) {
    out[start + i] = row[i]! - (kind === 1 ? 0 : above[i]!);
  }
  if (kind === 1) {
    for (let i = channels; i < row.length; i++) {
      out[start + i] = row[i]! - row[i - channels]!;
    }
  } else if (kind === 2) {
    for (let i = channels; i < row.length; i++) {
      out[start + i] = row[i]! - above[i]!;
    }
  } else {
    for (let i = channels; i < row.length; i++) {
      const left = row[i - channels]!;
      const guess = predict(left, above[i]!, above[i - channels]!);
      out[start + i] = row[i]! - guess;
    }
  }
}

/** The Paeth predictor of the PNG standard. */
function predict(left: number, top: number, corner: number): number {
  const toLeft = Math.abs(top - corner);
  const toTop = Math.abs(left - corner);
  const toCorner = Math.abs(left + top - corner - corner);
  return toLeft <= toTop && toLeft <= toCorner ? left : toTop <= toCorner ? top : corner;
}

function chunk(type: string, parts: Uint8Array[]): Uint8Array[] {
  const head = new Uint8Array(8);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  new DataView(head.buffer).setUint32(0, length);
  head.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  let sum = crc32(head.subarray(4));
  for (const part of parts) sum = crc32(part, sum);
  const tail = new Uint8Array(4);
  new DataView(tail.buffer).setUint32(0, sum);
  return [head, ...parts, tail];
}

function joined(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
