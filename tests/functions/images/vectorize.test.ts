import { beforeAll, describe, expect, it } from "vitest";
import { encodePng } from "../../../functions/_shared/images/codec.ts";
import { drawPoster, removeBackground, vectorize } from "../../../functions/_shared/images/mod.ts";
import { decode, demoPicture, drawn, meanError, over, pixel, rendered, ssim } from "./helpers.ts";

const logo = drawn(240, 180, (x, y) => {
  if (Math.hypot(x - 70, y - 90) < 50) return [20, 110, 200];
  if (Math.abs(x - 170) < 40 && Math.abs(y - 90) < 30) return [240, 140, 30];
  return [252, 252, 250];
});

describe("vectorize", () => {
  const sources: Record<string, Uint8Array> = {};
  beforeAll(async () => {
    sources["a photo"] = await demoPicture();
    sources["a logo"] = (await encodePng(logo)).bytes;
    sources["a poster"] = (await drawPoster("Vector lines", { width: 512, height: 512 })).bytes;
    sources["a cut-out"] = (await removeBackground(sources["a photo"])).bytes;
  });

  it.each([
    ["a photo", 3, 0.9, 700_000],
    ["a logo", 1, 0.97, 40_000],
    ["a poster", 3.5, 0.85, 900_000],
    ["a cut-out", 1.5, 0.95, 400_000],
  ])("draws %s close to its source", async (name, mostError, leastLikeness, mostBytes) => {
    const source = sources[name] as Uint8Array;
    const svg = await vectorize(source);
    expect(svg.contentType).toBe("image/svg+xml");
    const [shown, original] = [rendered(svg.bytes), await decode(source)];
    expect(shown).toMatchObject({ width: svg.width, height: svg.height });
    const [a, b] = [over(shown, [255, 255, 255]), over(original, [255, 255, 255])];
    expect(meanError(a, b)).toBeLessThan(mostError);
    expect(ssim(a, b)).toBeGreaterThan(leastLikeness);
    expect(svg.bytes.length).toBeLessThan(mostBytes);
  });

  it("leaves clear what is clear", async () => {
    const shown = rendered((await vectorize(sources["a cut-out"] as Uint8Array)).bytes);
    expect(pixel(shown, 0, 0)[3]).toBe(0);
    expect(pixel(shown, 100, 200)[3]).toBe(0);
    expect(pixel(shown, 256, 250)[3]).toBe(255);
  });

  it("keeps a veil half clear", async () => {
    const veil = drawn(120, 120, (x, y) => [
      30,
      90,
      160,
      Math.hypot(x - 60, y - 60) < 45 ? 128 : 0,
    ]);
    const shown = rendered((await vectorize((await encodePng(veil)).bytes)).bytes);
    const [red = 0, , blue = 0, alpha = 0] = pixel(shown, 60, 60);
    expect(Math.abs(alpha - 128)).toBeLessThan(10);
    expect(Math.abs(red - 30) + Math.abs(blue - 160)).toBeLessThan(16);
    expect(pixel(shown, 4, 4)[3]).toBe(0);
  });

  it("holds paths and nothing that runs or loads", async () => {
    for (const source of Object.values(sources)) {
      const svg = new TextDecoder().decode((await vectorize(source)).bytes);
      const names = new Set([...svg.matchAll(/<([a-z!?]+)/gi)].map((match) => match[1]));
      expect([...names].every((name) => ["svg", "g", "path", "mask"].includes(name ?? ""))).toBe(
        true,
      );
      expect(svg).not.toMatch(/href|on[a-z]+=|url\((?!#alpha\))|<!|<\?/i);
    }
  });
});
