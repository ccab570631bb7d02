import { z } from "zod";
import { RetryableError } from "../../work_error.ts";
import { stagingWords } from "../staging_words.ts";
import type { Done, MediaRequest, ProviderContext } from "../types.ts";
import { base64Of, bytesOfBase64 } from "../vendor/base64.ts";
import { settingsOf } from "../vendor/settings.ts";
import { workMs } from "../vendor/timeouts.ts";
import { askGemini, moderated } from "./client.ts";
import type { GeminiConfig } from "./env.ts";

const MODEL = "gemini-2.5-flash-image";
const SHAPES = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];
const REFUSED = new Set([
  "SAFETY",
  "PROHIBITED_CONTENT",
  "BLOCKLIST",
  "SPII",
  "RECITATION",
  "IMAGE_SAFETY",
  "IMAGE_PROHIBITED_CONTENT",
  "IMAGE_RECITATION",
]);

const settingsSchema = z.object({ image_size: z.string().optional() });

// A picture from words, or from a photo and words.
export async function makeImage(
  config: GeminiConfig,
  request: MediaRequest,
  { route, signal }: ProviderContext,
): Promise<Done> {
  const { image_size: imageSize } = settingsOf(settingsSchema, route);
  const source = await request.source?.();
  const words = request.operation === "stage" ? stagingWords(request) : (request.prompt ?? "");
  const shape = source ?? request;
  const response = await askGemini(config, { timeoutMs: workMs(route), signal }, (client) =>
    client.models.generateContent({
      model: route.model || MODEL,
      contents: [
        {
          role: "user",
          parts: [
            ...(source
              ? [{ inlineData: { mimeType: source.contentType, data: base64Of(source.bytes) } }]
              : []),
            { text: words },
          ],
        },
      ],
      config: {
        responseModalities: ["IMAGE"],
        imageConfig: {
          aspectRatio: shapeOf(shape.width ?? 1, shape.height ?? 1),
          ...(imageSize && { imageSize }),
        },
      },
    }),
  );

  const [candidate] = response.candidates ?? [];
  const image = candidate?.content?.parts?.find((part) => part.inlineData?.data)?.inlineData;
  if (image?.data) {
    const bytes = bytesOfBase64(image.data);
    const contentType = image.mimeType ?? "image/png";
    const { totalTokenCount: tokens } = response.usageMetadata ?? {};
    return {
      kind: "done",
      outputs: [{ bytes, contentType }],
      usage: { status: 200, detail: { bytes: bytes.byteLength, tokens } },
    };
  }
  const blocked = response.promptFeedback?.blockReason;
  const reason = candidate?.finishReason ?? "";
  if (blocked || REFUSED.has(reason)) throw moderated(candidate?.finishMessage);
  const cause = new Error(`No picture: ${reason || "no candidate"}.`);
  throw new RetryableError("The provider made no picture. We try again.", { status: 502, cause });
}

// The offered shape that is nearest to the one wanted.
function shapeOf(width: number, height: number): string {
  const distance = (shape: string) => {
    const [across = 1, down = 1] = shape.split(":").map(Number);
    return Math.abs(Math.log((width * down) / (height * across)));
  };
  return SHAPES.reduce((best, shape) => (distance(shape) < distance(best) ? shape : best));
}
