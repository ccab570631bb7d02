import { FinalError, RetryableError } from "../work_error.ts";
import { type ImageTools, imageError, type Picture } from "./image_tools.ts";
import type { MediaRequest } from "./types.ts";

const SLOW_STEPS = 10;
const DEFAULT_SIDE = 1024;
const CLIP_SIDE = 480;

export interface Work {
  signal: AbortSignal;
  attempt: number;
  progress(percent: number): void;
  // How long the demo of slow work takes in all.
  slowMs: number;
}

// The work itself, in this process.
export async function doLocalWork(
  images: ImageTools,
  request: MediaRequest,
  work: Work,
): Promise<Picture> {
  await simulate(request, work);
  work.signal.throwIfAborted();
  try {
    return await orAborted(operate(images, request), work.signal);
  } catch (error) {
    throw imageError(error) ?? error;
  }
}

async function operate(images: ImageTools, request: MediaRequest): Promise<Picture> {
  switch (request.operation) {
    case "upscale":
      return images.upscale(await sourceOf(request), request.factor === 2 ? 2 : 4);
    case "background_removal":
      return images.removeBackground(await sourceOf(request));
    case "vectorize":
      return images.vectorize(await sourceOf(request));
    case "generate":
      return images.drawPoster(request.prompt ?? "", {
        width: request.width ?? DEFAULT_SIDE,
        height: request.height ?? DEFAULT_SIDE,
      });
    case "generate_video": {
      const reference = await request.reference?.();
      const size = clipSize(request.aspectRatio);
      const order = { prompt: request.prompt ?? "", seconds: request.seconds ?? 4, ...size };
      return images.drawClip({ ...order, reference: reference?.bytes });
    }
    case "stage": {
      // The words alone: a request holds functions, which go to no thread.
      const { roomType, style } = request;
      return images.stageRoom(await sourceOf(request), { roomType, style });
    }
    default:
      throw new FinalError("This operation is not offered here.", { status: 422 });
  }
}

// A preview: as small as it may be while its shape is the one that was asked for.
function clipSize(aspectRatio = "16:9"): { width: number; height: number } {
  const [across = 16, down = 9] = aspectRatio.split(":").map(Number);
  const shape = Math.min(8, Math.max(1 / 8, across / down || 16 / 9));
  const round = (side: number) => 2 * Math.round(side / 2);
  return shape >= 1
    ? { width: CLIP_SIDE, height: round(CLIP_SIDE / shape) }
    : { width: round(CLIP_SIDE * shape), height: CLIP_SIDE };
}

async function sourceOf(request: MediaRequest): Promise<Uint8Array> {
  if (!request.source) throw new FinalError("There is no picture to work on.", { status: 422 });
  return (await request.source()).bytes;
}

// `simulate` in the request's input lets demos and tests see every ending without a real provider.
export function simulation(request: MediaRequest): unknown {
  const input = request.options.input_data;
  const nested = typeof input === "object" && input !== null ? Object.entries(input) : [];
  return request.options.simulate ?? nested.find(([name]) => name === "simulate")?.[1];
}

async function simulate(request: MediaRequest, work: Work): Promise<void> {
  switch (simulation(request)) {
    case "fail":
      throw new FinalError("The provider refused this picture (a simulated failure).", {
        status: 422,
      });
    case "retry":
      if (work.attempt > 1) return;
      throw new RetryableError("The provider is busy. We try again.", { status: 503 });
    case "slow":
      for (let step = 1; step <= SLOW_STEPS; step++) {
        await sleep(work.slowMs / SLOW_STEPS, work.signal);
        work.progress(Math.round((step / SLOW_STEPS) * 90));
      }
      return;
    default:
      return;
  }
}

// A picture cannot be left half done, but nobody waits for one that counts no more.
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}
