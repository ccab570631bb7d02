import type { GenerateVideosOperation } from "@google/genai";
import { z } from "zod";
import { download } from "../../download/download.ts";
import { ProviderFaultError, RetryableError } from "../../work_error.ts";
import type { Done, Failed, MediaRequest, Pending, ProviderContext, Submitted } from "../types.ts";
import { base64Of, bytesOfBase64 } from "../vendor/base64.ts";
import { malformed } from "../vendor/call.ts";
import { RefusalError } from "../vendor/refusal.ts";
import { nearest, settingsOf } from "../vendor/settings.ts";
import { DOWNLOAD_MS, ORDER_MS } from "../vendor/timeouts.ts";
import { askGemini, isModeration, moderated } from "./client.ts";
import type { GeminiConfig } from "./env.ts";

const MODEL = "veo-3.1-fast-generate-preview";
const SECONDS = 8;
const POLL_SECONDS = 10;
const MAX_VIDEO_BYTES = 100 * 1024 * 1024;
const HOSTS = ["googleapis.com", "googleusercontent.com"];

// What a model offers. Without `resolutions` it has one, and must not be asked for any.
const settingsSchema = z.object({
  seconds: z.array(z.number()).optional(),
  resolutions: z.array(z.string()).optional(),
  // The only length that a resolution is made in.
  resolution_seconds: z.record(z.string(), z.number()).default({}),
  aspect_ratios: z.array(z.string()).default(["16:9", "9:16"]),
  person_generation: z.string().optional(),
});

export function secondsOf(
  request: MediaRequest,
  { settings }: { settings: Record<string, unknown> },
) {
  const offered = settingsSchema.safeParse(settings).data;
  const { resolution = "" } = oneOf("resolution", offered?.resolutions, request.resolution);
  return (
    offered?.resolution_seconds[resolution] ?? nearest(offered?.seconds, request.seconds ?? SECONDS)
  );
}

export async function orderVideo(
  config: GeminiConfig,
  request: MediaRequest,
  { route, signal }: ProviderContext,
): Promise<Submitted> {
  const offered = settingsOf(settingsSchema, route);
  const { aspect_ratios: shapes, resolutions, person_generation: personGeneration } = offered;
  const reference = await request.reference?.();
  const operation = await askGemini(config, { timeoutMs: ORDER_MS, signal }, (client) =>
    client.models.generateVideos({
      model: route.model || MODEL,
      source: {
        prompt: request.prompt ?? "",
        ...(reference && {
          image: { imageBytes: base64Of(reference.bytes), mimeType: reference.contentType },
        }),
      },
      config: {
        numberOfVideos: 1,
        durationSeconds: secondsOf(request, route),
        ...oneOf("aspectRatio", shapes, request.aspectRatio),
        ...oneOf("resolution", resolutions, request.resolution),
        ...(request.negativePrompt && { negativePrompt: request.negativePrompt }),
        ...(personGeneration && { personGeneration }),
      },
    }),
  );
  if (!operation.name) throw malformed(new Error("The operation has no name."));
  return { kind: "submitted", externalId: operation.name, pollAfterSeconds: POLL_SECONDS };
}

// What was asked for if it is offered, else the first that is.
function oneOf<K extends string>(
  key: K,
  offered: string[] | undefined,
  wanted: string | undefined,
): Partial<Record<K, string>> {
  const value = offered?.find((one) => one === wanted) ?? offered?.[0];
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

export async function lookAfterVideo(
  config: GeminiConfig,
  name: string,
  { signal }: ProviderContext,
): Promise<Done | Pending | Failed> {
  let operation: GenerateVideosOperation;
  try {
    operation = await askGemini(config, { timeoutMs: ORDER_MS, signal }, (client, sdk) => {
      const asked = new sdk.GenerateVideosOperation();
      asked.name = name;
      return client.operations.getVideosOperation({ operation: asked });
    });
  } catch (error) {
    // Operations are forgotten after some days: then it is ordered anew.
    if (error instanceof ProviderFaultError && error.status === 404) return lost(error);
    throw error;
  }
  if (!operation.done) return { kind: "pending", pollAfterSeconds: POLL_SECONDS };
  if (operation.error) return { kind: "failed", error: errorOfOperation(operation.error) };

  const { response } = operation;
  const [first] = response?.generatedVideos ?? [];
  const { uri, videoBytes, mimeType } = first?.video ?? {};
  if (!uri && !videoBytes) {
    const [reason] = response?.raiMediaFilteredReasons ?? [];
    if (reason || response?.raiMediaFilteredCount) {
      return { kind: "failed", error: moderated(reason) };
    }
    throw malformed(new Error("The operation is done and has no video."));
  }
  const bytes = uri ? await fetchVideo(config, uri, signal) : bytesOfBase64(videoBytes ?? "");
  return {
    kind: "done",
    outputs: [{ bytes, contentType: mimeType ?? "video/mp4" }],
    usage: { status: 200, detail: { bytes: bytes.byteLength } },
  };
}

function fetchVideo(config: GeminiConfig, uri: string, signal: AbortSignal): Promise<Uint8Array> {
  return download(uri, {
    maxBytes: MAX_VIDEO_BYTES,
    timeoutMs: DOWNLOAD_MS,
    signal,
    hosts: HOSTS,
    trustedOrigins: [new URL(config.baseUrl).origin],
    headers: { "x-goog-api-key": config.apiKey },
    ...(config.fetch && { fetch: config.fetch }),
  });
}

function lost(cause: Error): Failed {
  const words = "The provider lost the order. We try again.";
  return { kind: "failed", error: new RetryableError(words, { status: 502, cause }) };
}

const operationError = z.object({ code: z.number().optional(), message: z.string().default("") });
// gRPC's words for a server in trouble: deadline exceeded, exhausted, aborted, internal, unavailable.
const TROUBLE = new Set([4, 8, 10, 13, 14]);

function errorOfOperation(given: Record<string, unknown>): Failed["error"] {
  const { code = 13, message } = operationError.safeParse(given).data ?? { message: "" };
  if (isModeration(message)) return moderated(message);
  const cause = new RefusalError({ status: code, body: message });
  const words = "The provider could not make this video. We try again.";
  return TROUBLE.has(code)
    ? new ProviderFaultError(words, { status: 503, cause })
    : new RetryableError(words, { status: 502, cause });
}
