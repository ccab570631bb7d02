import { describe, expect, it } from "vitest";
import { drawClip } from "../../../functions/_shared/images/mod.ts";
import { inspectVideo } from "../../../functions/_shared/video/inspect.ts";
import { keyFrames } from "../../../functions/_shared/video/webm_read.ts";
import { webpOfFrame } from "../../../functions/_shared/video/webp.ts";
import { decode, demoPicture, refusal } from "./helpers.ts";

const order = { prompt: "A fox in the snow", width: 160, height: 90, seconds: 1 };

describe("drawClip", () => {
  it("makes a WebM whose frames can be decoded, and move", async () => {
    const clip = await drawClip(order);
    expect(clip).toMatchObject({ contentType: "video/webm", width: 160, height: 90 });
    expect(inspectVideo(clip.bytes)).toMatchObject({ width: 160, height: 90, seconds: 1 });
    const frames = keyFrames(clip.bytes);
    expect(frames).toHaveLength(8);
    const pictures = await Promise.all(frames.map((frame) => decode(webpOfFrame(frame))));
    const [first, last] = [pictures.at(0), pictures.at(-1)];
    expect(first).toMatchObject({ width: 160, height: 90 });
    expect(first?.data).not.toEqual(last?.data);
  });

  it("makes the same clip for the same order", async () => {
    expect((await drawClip(order)).bytes).toEqual((await drawClip(order)).bytes);
    const other = await drawClip({ ...order, prompt: "A fox in the sand" });
    expect(other.bytes).not.toEqual((await drawClip(order)).bytes);
  });

  it("starts from a picture, upright or lying, and lasts no longer than a preview", async () => {
    const reference = await demoPicture();
    const clip = await drawClip({ ...order, width: 90, height: 160, seconds: 60, reference });
    expect(inspectVideo(clip.bytes)).toMatchObject({ width: 90, height: 160, seconds: 6 });
  });

  it("has something to show for a prompt that its font cannot write", async () => {
    expect((await drawClip({ ...order, prompt: "雪の中の狐" })).bytes.length).toBeGreaterThan(1000);
  });

  it("refuses sizes and lengths that cannot be", async () => {
    for (const more of [{ width: 10 }, { height: 5000 }, { seconds: 0 }, { width: Number.NaN }]) {
      await refusal(drawClip({ ...order, ...more }), "size_invalid");
    }
  });
});
