import { type Element, elements, float, ID, unsigned } from "./ebml.ts";
import { VideoError } from "./errors.ts";

interface Track {
  number: number;
  codec: string;
  width: number;
  height: number;
}

interface Webm {
  width: number;
  height: number;
  seconds: number;
  track: Track;
  segment: Uint8Array;
}

// Size and length of a WebM; a file that does not say its length is as long as its last block.
export function readWebm(bytes: Uint8Array): Webm {
  const segment = find(bytes, ID.segment);
  if (!segment) throw new VideoError("The WebM has no segment.");
  const info = find(segment, ID.info);
  const tracks = find(segment, ID.tracks);
  const track = tracks && videoTrack(tracks);
  if (!info || !track) throw new VideoError("The WebM has no picture.");
  const scale = unsigned(find(info, ID.timestampScale) ?? Uint8Array.of(0x0f, 0x42, 0x40));
  const duration = find(info, ID.duration);
  const ticks = duration ? float(duration) : lastTick(segment, track.number);
  const { width, height } = track;
  return { width, height, seconds: (ticks * scale) / 1e9, track, segment };
}

// The key frames of a VP8 video, each a picture of its own; none of another codec's.
export function keyFrames(bytes: Uint8Array): Uint8Array[] {
  const { track, segment } = readWebm(bytes);
  if (track.codec !== "V_VP8") return [];
  return [...blocks(segment, track.number)]
    .map(({ frame }) => frame)
    .filter(
      // A key frame of VP8 says so in its first bit, and has a start code.
      (frame) =>
        frame.length > 10 &&
        ((frame[0] ?? 1) & 1) === 0 &&
        frame[3] === 0x9d &&
        frame[4] === 0x01 &&
        frame[5] === 0x2a,
    );
}

function find(bytes: Uint8Array, id: number): Uint8Array | undefined {
  for (const element of elements(bytes)) if (element.id === id) return element.body;
  return undefined;
}

function videoTrack(tracks: Uint8Array): Track | undefined {
  for (const { id, body } of elements(tracks)) {
    if (id !== ID.trackEntry || unsigned(find(body, ID.trackType) ?? new Uint8Array()) !== 1) {
      continue;
    }
    const video = find(body, ID.video) ?? new Uint8Array();
    const value = (part: Uint8Array, key: number) => unsigned(find(part, key) ?? new Uint8Array());
    return {
      number: value(body, ID.trackNumber),
      codec: String.fromCharCode(...(find(body, ID.codecId) ?? [])),
      width: value(video, ID.pixelWidth),
      height: value(video, ID.pixelHeight),
    };
  }
  return undefined;
}

function lastTick(segment: Uint8Array, track: number): number {
  let last = 0;
  for (const { tick } of blocks(segment, track)) last = Math.max(last, tick);
  return last;
}

function* blocks(
  segment: Uint8Array,
  track: number,
): Generator<{ tick: number; frame: Uint8Array }> {
  for (const { id, body } of elements(segment)) {
    if (id !== ID.cluster) continue;
    const start = unsigned(find(body, ID.timestamp) ?? new Uint8Array());
    for (const element of elements(body)) {
      const block = blockOf(element);
      // A track below 128 is one byte, then two of time and one of flags; laced blocks are audio's.
      if (!block || block[0] !== (0x80 | track) || block.length < 5) continue;
      const tick = new DataView(block.buffer, block.byteOffset, block.byteLength).getInt16(1);
      yield { tick: start + tick, frame: block.subarray(4) };
    }
  }
}

function blockOf({ id, body }: Element): Uint8Array | undefined {
  if (id === ID.simpleBlock) return body;
  return id === ID.blockGroup ? find(body, ID.block) : undefined;
}
