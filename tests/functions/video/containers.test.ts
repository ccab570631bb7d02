import { describe, expect, test } from "vitest";
import { inspect } from "../../../functions/_shared/images/mod.ts";
import { inspectVideo } from "../../../functions/_shared/video/inspect.ts";
import { keyFrames } from "../../../functions/_shared/video/webm_read.ts";
import { writeWebm } from "../../../functions/_shared/video/webm_write.ts";
import { animatedWebp, frameOfWebp, webpOfFrame } from "../../../functions/_shared/video/webp.ts";

// The head of a VP8 key frame of 64 × 48: what tells it apart.
const frame = (n: number) =>
  Uint8Array.of(0x10, n, 0, 0x9d, 0x01, 0x2a, 64, 0, 48, 0, 1, 2, 3, ...Array(n).fill(n));

const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255];
const box = (type: string, ...body: number[][]): number[] => {
  const content = body.flat();
  return [...u32(content.length + 8), ...Buffer.from(type), ...content];
};
function mp4({ width = 1280, height = 720, handler = "vide", scale = 1000, duration = 8000 } = {}) {
  const mvhd = box("mvhd", u32(0), u32(0), u32(0), u32(scale), u32(duration), Array(80).fill(0));
  const tkhd = box("tkhd", Array(76).fill(0), u32(width << 16), u32(height << 16));
  const hdlr = box("hdlr", u32(0), u32(0), [...Buffer.from(handler)], Array(12).fill(0));
  const trak = box("trak", tkhd, box("mdia", hdlr));
  return Uint8Array.from([
    ...box("ftyp", [...Buffer.from("isom")], u32(0)),
    ...box("moov", mvhd, trak),
    ...box("mdat", [1, 2, 3, 4]),
  ]);
}

describe("an MP4", () => {
  test("says its size and its length", () => {
    expect(inspectVideo(mp4())).toEqual({
      contentType: "video/mp4",
      width: 1280,
      height: 720,
      seconds: 8,
    });
  });

  test("may have its index at the end, and a box of 64 bits", () => {
    const whole = [...mp4()];
    const ftyp = whole.slice(0, 16);
    const moov = whole.slice(16, -12);
    const large = [...u32(1), ...Buffer.from("mdat"), ...u32(0), ...u32(20), 1, 2, 3, 4];
    expect(inspectVideo(Uint8Array.from([...ftyp, ...large, ...moov])).seconds).toBe(8);
  });

  test.each([
    ["cut off", mp4().subarray(0, -3)],
    ["without media", mp4().subarray(0, -12)],
    ["of sound alone", mp4({ handler: "soun" })],
    ["of no length", mp4({ duration: 0 })],
    ["of no time scale", mp4({ scale: 0 })],
    ["of no size", mp4({ width: 0 })],
    ["that is only a name", Uint8Array.from(box("ftyp", [1, 2, 3, 4]))],
  ])("%s is none", (_what, bytes) => {
    expect(() => inspectVideo(bytes)).toThrow(/MP4|video/);
  });
});

describe("a WebM that we write", () => {
  const frames = Array.from({ length: 70 }, (_, n) => frame(n));
  const webm = writeWebm({ width: 64, height: 48, framesPerSecond: 10, frames });

  test("says its size and its length, and gives its frames back", () => {
    expect(inspectVideo(webm)).toEqual({
      contentType: "video/webm",
      width: 64,
      height: 48,
      seconds: 7,
    });
    expect(keyFrames(webm)).toEqual(frames);
  });

  test("is refused when it is cut off", () => {
    for (const length of [3, 20, 60, webm.length - 1]) {
      expect(() => inspectVideo(webm.subarray(0, length))).toThrow(/WebM|video|neither/);
    }
  });

  test("never makes a reader run away", () => {
    // Each byte changed: whatever it says then, it ends.
    for (let at = 0; at < 400; at++) {
      for (const value of [0x00, 0x01, 0x80, 0xff]) {
        const damaged = webm.slice();
        damaged[at] = value;
        try {
          inspectVideo(damaged);
          keyFrames(damaged);
        } catch (error) {
          expect((error as Error).name).toBe("VideoError");
        }
      }
    }
  });
});

test("a frame is a WebP and back", async () => {
  const webp = webpOfFrame(frame(5));
  expect(await inspect(webp)).toEqual({ contentType: "image/webp", width: 64, height: 48 });
  expect(frameOfWebp(webp)).toEqual(frame(5));
  expect(() => frameOfWebp(new TextEncoder().encode("RIFF....WEBPVP8L....."))).toThrow(/lossy/);
});

test("an animated WebP says so", async () => {
  const bytes = animatedWebp([frame(1), frame(2)], { width: 64, height: 48 }, 100);
  expect(await inspect(bytes)).toEqual({ contentType: "image/webp", width: 64, height: 48 });
  expect(Buffer.from(bytes).toString("latin1").match(/ANMF/g)).toHaveLength(2);
});

test.each(["", "GIF89a", "<svg/>", "\x1a\x45\xdf\xa3", "....ftyp"])("%j is no video", (text) => {
  expect(() => inspectVideo(Uint8Array.from(Buffer.from(text, "latin1")))).toThrow();
});
