import { describe, expect, test, vi } from "vitest";
import { ImageError } from "../../../functions/_shared/images/errors.ts";
import {
  type ImageThread,
  imageThreads,
  type ThreadAnswer,
  type ThreadCall,
} from "../../../functions/_shared/providers/image_threads.ts";

// Threads that answer when the test says so.
function threads(options: { limitMs?: number; idleMs?: number } = {}) {
  const spawned: (ImageThread & { calls: ThreadCall[]; ended: boolean })[] = [];
  const tools = imageThreads({
    ...options,
    spawn: () => {
      const thread = {
        calls: [] as ThreadCall[],
        ended: false,
        onmessage: null,
        onerror: null,
        postMessage: (call: ThreadCall) => void thread.calls.push(call),
        terminate: () => {
          thread.ended = true;
        },
      };
      spawned.push(thread);
      return thread;
    },
  });
  const answer = (index: number, data: ThreadAnswer) => spawned[index]?.onmessage?.({ data });
  return { tools, spawned, answer };
}

const bytes = new Uint8Array([1, 2, 3]);
const value = { bytes, contentType: "image/png", width: 1, height: 1 };

describe("an image tool in a thread", () => {
  test("is called by name and answers with its value", async () => {
    const { tools, spawned, answer } = threads();
    const made = tools.upscale(bytes, 4);
    expect(spawned[0]?.calls).toEqual([{ name: "upscale", args: [bytes, 4] }]);
    answer(0, { value });
    expect(await made).toBe(value);
  });

  test("has a thread beside one that is busy, and again one that is free", async () => {
    const { tools, spawned, answer } = threads();
    const made = [tools.thumbnail(bytes, 64), tools.inspect(bytes)];
    expect(spawned).toHaveLength(2);
    answer(0, { value });
    answer(1, { value });
    await Promise.all(made);
    const again = tools.inspect(bytes);
    expect(spawned).toHaveLength(2);
    answer(1, { value });
    await again;
  });

  test("throws an ImageError as it was thrown there", async () => {
    const { tools, answer } = threads();
    const made = tools.removeBackground(bytes);
    answer(0, { error: { code: "background_not_plain", message: "Not plain." } });
    const error = await made.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ImageError);
    expect(error).toMatchObject({ code: "background_not_plain", message: "Not plain." });
  });

  test("that dies fails its call alone, and is replaced", async () => {
    const { tools, spawned } = threads();
    const made = tools.inspect(bytes);
    spawned[0]?.onerror?.({ message: "out of memory", preventDefault: () => undefined });
    await expect(made).rejects.toThrow("out of memory");
    expect(spawned[0]?.ended).toBe(true);
    void tools.inspect(bytes);
    expect(spawned).toHaveLength(2);
  });

  test("that takes too long is ended", async () => {
    const { tools, spawned } = threads({ limitMs: 10 });
    await expect(tools.inspect(bytes)).rejects.toThrow("longer than 10 ms");
    expect(spawned[0]?.ended).toBe(true);
  });

  test("without work gives its memory back", async () => {
    const { tools, spawned, answer } = threads({ idleMs: 5 });
    const made = tools.inspect(bytes);
    answer(0, { value });
    await made;
    await vi.waitFor(() => expect(spawned[0]?.ended).toBe(true));
    void tools.inspect(bytes);
    expect(spawned).toHaveLength(2);
  });
});
