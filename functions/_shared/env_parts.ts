import { z } from "zod";

// Parts of the environment's schemas.
export const url = z
  .url({ protocol: /^https?$/, error: "is not an http(s) URL" })
  .transform((value) => value.replace(/\/+$/, ""));

export const trimmed = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined);
