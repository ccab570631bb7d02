// Runs in a thread of its own: see image_threads.ts. Its memory goes with it, and a picture of
// many seconds stops neither a heartbeat nor the doorbell.

import { ImageError } from "../images/errors.ts";
import * as images from "../images/mod.ts";
import type { ThreadAnswer, ThreadCall } from "./image_threads.ts";
import type { ImageTools, Picture } from "./image_tools.ts";

const tools: ImageTools = images;

interface Thread {
  onmessage: ((event: MessageEvent<ThreadCall>) => void) | null;
  postMessage(answer: ThreadAnswer, transfer?: Transferable[]): void;
}

const thread = globalThis as unknown as Thread;

thread.onmessage = async ({ data }) => {
  try {
    const value = await call(data);
    const bytes = "bytes" in value ? value.bytes : undefined;
    thread.postMessage({ value }, bytes && transferable(bytes) ? [bytes.buffer] : []);
  } catch (error) {
    const code = error instanceof ImageError ? error.code : undefined;
    const message = error instanceof Error ? error.message : String(error);
    thread.postMessage({ error: { code, message } });
  }
};

function call({ name, args }: ThreadCall): Promise<Picture | Omit<Picture, "bytes">> {
  const tool = tools[name] as (...given: unknown[]) => ReturnType<typeof call>;
  return tool(...args);
}

// A view of a larger buffer (the memory of WebAssembly, say) must be copied, not moved.
function transferable(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
}
