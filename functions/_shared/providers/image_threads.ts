import { ImageError, type ImageErrorCode } from "../images/errors.ts";
import type { ImageTools, Picture } from "./image_tools.ts";

export interface ThreadCall {
  name: keyof ImageTools;
  args: unknown[];
}
export type ThreadAnswer =
  | { value: Picture | Omit<Picture, "bytes"> }
  | { error: { code: ImageErrorCode | undefined; message: string } };

// The part of a Web Worker that is used.
export interface ImageThread {
  postMessage(call: ThreadCall): void;
  terminate(): void;
  onmessage: ((event: { data: ThreadAnswer }) => void) | null;
  onerror: ((event: { message: string; preventDefault(): void }) => void) | null;
}

export interface ThreadOptions {
  spawn: () => ImageThread;
  // No picture may take longer: its thread is ended.
  limitMs?: number;
  // A thread without work gives its memory back after this.
  idleMs?: number;
}

const LIMIT_MS = 120_000;
const IDLE_MS = 10_000;

// The image tools, each call in a thread. A thread that is free is used again: starting one
// compiles the WebAssembly anew.
export function imageThreads({
  spawn,
  limitMs = LIMIT_MS,
  idleMs = IDLE_MS,
}: ThreadOptions): ImageTools {
  const idle: { thread: ImageThread; timer: ReturnType<typeof setTimeout> }[] = [];

  const take = (): ImageThread => {
    const free = idle.pop();
    if (!free) return spawn();
    clearTimeout(free.timer);
    return free.thread;
  };
  const giveBack = (thread: ImageThread) => {
    const timer = setTimeout(() => {
      idle.splice(0, idle.length, ...idle.filter((entry) => entry.thread !== thread));
      thread.terminate();
    }, idleMs);
    idle.push({ thread, timer });
  };

  const run = (call: ThreadCall): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const thread = take();
      const give = (end: () => void, reusable: boolean) => {
        clearTimeout(limit);
        thread.onmessage = null;
        if (reusable) giveBack(thread);
        else thread.terminate();
        end();
      };
      const limit = setTimeout(() => {
        give(() => reject(new Error(`${call.name} took longer than ${limitMs} ms.`)), false);
      }, limitMs);
      thread.onmessage = ({ data }) => {
        if ("value" in data) give(() => resolve(data.value), true);
        else give(() => reject(revive(data.error)), true);
      };
      thread.onerror = (event) => {
        event.preventDefault();
        give(() => reject(new Error(`The image thread died: ${event.message}`)), false);
      };
      thread.postMessage(call);
    });

  const tool =
    <N extends keyof ImageTools>(name: N) =>
    (...args: Parameters<ImageTools[N]>) =>
      run({ name, args }) as ReturnType<ImageTools[N]>;
  return {
    inspect: tool("inspect"),
    upscale: tool("upscale"),
    removeBackground: tool("removeBackground"),
    vectorize: tool("vectorize"),
    drawPoster: tool("drawPoster"),
    drawClip: tool("drawClip"),
    stageRoom: tool("stageRoom"),
    thumbnail: tool("thumbnail"),
  };
}

function revive({ code, message }: { code: ImageErrorCode | undefined; message: string }): Error {
  return code ? new ImageError(code, message) : new Error(message);
}
