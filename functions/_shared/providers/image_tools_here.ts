import { hasEdgeRuntime } from "../background.ts";
import { isHostedSupabase } from "./hosted.ts";
import { type ImageThread, imageThreads } from "./image_threads.ts";
import type { ImageTools } from "./image_tools.ts";

// Threads where there are any. Supabase's edge runtime has none; there the tools run in the
// function itself and only measure and shrink what a provider made.
export async function imageToolsHere(env: Record<string, string | undefined>): Promise<ImageTools> {
  if (hasEdgeRuntime() || isHostedSupabase(env)) return await import("../images/mod.ts");
  const spawn = () =>
    new Worker(new URL("./image_thread.ts", import.meta.url), {
      type: "module",
    }) as unknown as ImageThread;
  return imageThreads({ spawn });
}
