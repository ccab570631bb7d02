export { removeBackground } from "./background.ts";
export { inspect, type Picture } from "./codec.ts";
export { ImageError, type ImageErrorCode } from "./errors.ts";
export { drawPoster } from "./poster.ts";
export { thumbnail } from "./thumbnail.ts";
export { upscale } from "./upscale.ts";
export { vectorize } from "./vectorize.ts";
