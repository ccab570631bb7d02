import type { ClipOrder } from "../images/clip.ts";
import { ImageError } from "../images/errors.ts";
import type { StagingOrder } from "../images/stage.ts";
import { FinalError } from "../work_error.ts";

export interface Picture {
  bytes: Uint8Array;
  contentType: string;
  width: number;
  height: number;
}

// The part of _shared/images/mod.ts that jobs and the local provider use.
export interface ImageTools {
  inspect(bytes: Uint8Array): Promise<Omit<Picture, "bytes">>;
  upscale(bytes: Uint8Array, factor: 2 | 4): Promise<Picture>;
  removeBackground(bytes: Uint8Array): Promise<Picture>;
  vectorize(bytes: Uint8Array): Promise<Picture>;
  drawPoster(prompt: string, size: { width: number; height: number }): Promise<Picture>;
  drawClip(order: ClipOrder): Promise<Picture>;
  stageRoom(bytes: Uint8Array, order: StagingOrder): Promise<Picture>;
  thumbnail(bytes: Uint8Array, maxSide?: number): Promise<Picture>;
}

// A picture that cannot be worked on stays so however often it is tried; the message of an
// ImageError is written for the user.
export function imageError(error: unknown): FinalError | undefined {
  if (!(error instanceof ImageError)) return undefined;
  return new FinalError(error.message, { status: 422, cause: error });
}
