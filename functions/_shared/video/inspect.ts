import { VideoError } from "./errors.ts";
import { readMp4 } from "./mp4_read.ts";
import { readWebm } from "./webm_read.ts";

export interface VideoInfo {
  contentType: "video/mp4" | "video/webm";
  width: number;
  height: number;
  seconds: number;
}

// What a video is, by its own bytes; nothing is decoded.
export function inspectVideo(bytes: Uint8Array): VideoInfo {
  const start = bytes.subarray(0, 12);
  let info: VideoInfo;
  if (String.fromCharCode(...start.subarray(4, 8)) === "ftyp") {
    info = { contentType: "video/mp4", ...readMp4(bytes) };
  } else if (start[0] === 0x1a && start[1] === 0x45 && start[2] === 0xdf && start[3] === 0xa3) {
    const { width, height, seconds } = readWebm(bytes);
    info = { contentType: "video/webm", width, height, seconds };
  } else {
    throw new VideoError("The file is neither MP4 nor WebM.");
  }
  if (!(info.width > 0 && info.height > 0 && info.seconds > 0)) {
    throw new VideoError("The video has no picture or no length.");
  }
  return { ...info, seconds: Math.round(info.seconds * 100) / 100 };
}
