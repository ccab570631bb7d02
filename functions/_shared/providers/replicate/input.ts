import { z } from "zod";
import { stagingWords } from "../staging_words.ts";
import type { MediaRequest, Route } from "../types.ts";
import { settingsOf } from "../vendor/settings.ts";

// Every model has an input of its own. `fields` says what a model calls a field ("images[]" for
// a list, null to leave it out), `input` adds to every request what the model needs besides.
const settingsSchema = z.object({
  fields: z.record(z.string(), z.string().nullable()).default({}),
  input: z.record(z.string(), z.unknown()).default({}),
});

const FIELDS: Record<string, string> = {
  source: "image",
  reference: "image",
  factor: "scale",
  prompt: "prompt",
  negative_prompt: "negative_prompt",
  width: "width",
  height: "height",
  aspect_ratio: "aspect_ratio",
  resolution: "resolution",
  seconds: "duration",
};

// A request in a model's own words; the pictures are addresses at Replicate.
export function inputOf(
  request: MediaRequest,
  route: Route,
  pictures: { source?: string | undefined; reference?: string | undefined },
): Record<string, unknown> {
  const { fields, input } = settingsOf(settingsSchema, route);
  const asked: Record<string, unknown> = {
    ...pictures,
    factor: request.factor,
    prompt: request.operation === "stage" ? stagingWords(request) : request.prompt,
    negative_prompt: request.negativePrompt,
    width: request.width,
    height: request.height,
    aspect_ratio: request.aspectRatio,
    resolution: request.resolution,
    seconds: request.seconds,
  };
  const named = Object.entries({ ...FIELDS, ...fields })
    .filter(([field, name]) => name !== null && asked[field] !== undefined)
    .map(([field, name]) => {
      const isList = name?.endsWith("[]");
      return [isList ? name?.slice(0, -2) : name, isList ? [asked[field]] : asked[field]];
    });
  return { ...Object.fromEntries(named), ...input };
}
