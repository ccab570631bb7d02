export { removeBackground } from "./background.ts";
export { drawClip } from "./clip.ts";
export { inspect, type Picture } from "./codec.ts";
export { ImageError, type ImageErrorCode } from "./errors.ts";
export { drawPoster } from "./poster.ts";
export { stageRoom } from "./stage.ts";
export { thumbnail } from "./thumbnail.ts";
export { upscale } from "./upscale.ts";
export { vectorize } from "./vectorize.ts";
