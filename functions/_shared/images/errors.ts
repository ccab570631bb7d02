export type ImageErrorCode =
  | "image_unreadable" // empty, truncated or damaged
  | "image_unsupported" // not a still PNG, JPEG, WebP or GIF
  | "image_too_large" // more pixels in or out than the limits
  | "image_empty" // every pixel is transparent
  | "background_not_plain" // no background to tell from the subject
  | "subject_not_found" // nothing but background
  | "prompt_empty" // no word that the poster's font can draw
  | "size_invalid"; // a poster of sides that cannot be

/** A picture that cannot be worked on. The message may be shown to the user. */
export class ImageError extends Error {
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ImageError";
    this.code = code;
  }
}
