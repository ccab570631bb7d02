import { MagickFormat } from "@imagemagick/magick-wasm";
import { describe, expect, it } from "vitest";
import { stageRoom } from "../../../functions/_shared/images/mod.ts";
import { decode, drawn, encoded } from "./helpers.ts";

// An empty room: a wall, and a floor below it.
const room = () =>
  encoded(
    drawn(300, 200, (_x, y) => (y < 120 ? [200, 200, 205, 255] : [150, 130, 110, 255])),
    MagickFormat.Jpeg,
  );
const share = (a: Uint8Array, b: Uint8Array) => {
  let different = 0;
  for (let i = 0; i < a.length; i += 4) {
    const far = Math.max(...[0, 1, 2].map((c) => Math.abs((a[i + c] ?? 0) - (b[i + c] ?? 0))));
    if (far > 40) different += 1;
  }
  return (different * 4) / a.length;
};

describe("stageRoom", () => {
  it("furnishes a photo and keeps its size", async () => {
    const empty = await decode(await room());
    for (const roomType of [
      "living_room",
      "bedroom",
      "kitchen",
      "dining_room",
      "bathroom",
      "home_office",
      "kids_room",
      "outdoor",
    ]) {
      const staged = await stageRoom(await room(), { roomType, style: "modern" });
      expect(staged).toMatchObject({ contentType: "image/jpeg", width: 300, height: 200 });
      const { data } = await decode(staged.bytes);
      expect(share(empty.data, data)).toBeGreaterThan(0.05);
      expect(share(empty.data, data)).toBeLessThan(0.8);
    }
  });

  it("makes the same picture for the same order and others for others", async () => {
    const order = { roomType: "bedroom", style: "luxury" };
    const first = await stageRoom(await room(), order);
    expect((await stageRoom(await room(), order)).bytes).toEqual(first.bytes);
    for (const other of [
      { ...order, style: "coastal" },
      { ...order, roomType: "kitchen" },
    ]) {
      expect((await stageRoom(await room(), other)).bytes).not.toEqual(first.bytes);
    }
  });

  it("stages what it does not know plainly", async () => {
    const staged = await stageRoom(await room(), { roomType: "dungeon", style: "gothic" });
    expect(staged.bytes).toEqual((await stageRoom(await room(), {})).bytes);
  });

  it("keeps what is transparent", async () => {
    const half = drawn(80, 60, (x) => [200, 200, 200, x < 10 ? 0 : 255]);
    const staged = await stageRoom(await encoded(half, MagickFormat.Png), { roomType: "bedroom" });
    expect(staged.contentType).toBe("image/png");
    const { data } = await decode(staged.bytes);
    expect(data[3]).toBe(0);
  });
});
