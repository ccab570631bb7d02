// The file is no video that we know, or is cut off.
export class VideoError extends Error {
  override readonly name = "VideoError";
}
