import { z } from "zod";
import { download } from "../../download/download.ts";
import { FinalError, type RetryableError } from "../../work_error.ts";
import type {
  Done,
  MediaOutput,
  MediaProvider,
  MediaRequest,
  Pending,
  ProviderContext,
} from "../types.ts";
import { bytesOfBase64 } from "../vendor/base64.ts";
import { malformed, VendorCall } from "../vendor/call.ts";
import { noCallbacks, notOffered } from "../vendor/not_offered.ts";
import { MODERATED_WORDS, type Refusal, RefusalError } from "../vendor/refusal.ts";
import { settingsOf } from "../vendor/settings.ts";
import { DOWNLOAD_MS, workMs } from "../vendor/timeouts.ts";
import type { OpenAiConfig } from "./env.ts";

const MODEL = "gpt-image-1";
const MAX_OUTPUT_BYTES = 100 * 1024 * 1024;

// `sizes` are what the model offers, `input` is added to every request (quality, response_format).
const settingsSchema = z.object({
  sizes: z.array(z.string().regex(/^\d+x\d+$/)).default(["1024x1024", "1536x1024", "1024x1536"]),
  input: z.record(z.string(), z.unknown()).default({}),
});

const answerSchema = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })).min(1),
});

// OpenAI's image generation, or that of any server which speaks its API.
export class OpenAiProvider implements MediaProvider {
  readonly name = "openai";
  readonly #config: OpenAiConfig;

  constructor(config: OpenAiConfig) {
    this.#config = config;
  }

  async submit(request: MediaRequest, context: ProviderContext): Promise<Done> {
    if (request.operation !== "generate") throw notOffered(this.name, request.operation);
    const { route, signal, idempotencyKey } = context;
    const { sizes, input } = settingsOf(settingsSchema, route);
    const { default: OpenAI } = await import("openai");
    const call = new VendorCall({
      timeoutMs: workMs(route),
      signal,
      refuse,
      fetch: this.#config.fetch,
    });
    const client = new OpenAI({
      apiKey: this.#config.apiKey,
      baseURL: this.#config.baseUrl,
      maxRetries: 0,
      // Ours ends it, and knows why.
      timeout: 2 * workMs(route),
      fetch: call.fetch,
      // Not from the environment: the one that was configured is meant.
      organization: null,
      project: null,
    });
    const answer = await call.run(() =>
      client.images.generate(
        {
          model: route.model || MODEL,
          prompt: request.prompt ?? "",
          n: 1,
          size: sizeOf(sizes, request) as "1024x1024",
          ...input,
        },
        { headers: { "idempotency-key": idempotencyKey } },
      ),
    );
    const parsed = answerSchema.safeParse(answer);
    const [image] = parsed.success ? parsed.data.data : [];
    if (!image) throw malformed(parsed.error);
    const bytes = await this.#bytesOf(image, signal);
    const output: MediaOutput = { bytes, contentType: "image/png" };
    const detail = { bytes: bytes.byteLength };
    return { kind: "done", outputs: [output], usage: { status: 200, detail } };
  }

  // There are no orders to look after.
  poll(): Promise<Pending> {
    return Promise.reject(malformed(new Error("Image generation has no orders.")));
  }

  cancel(): Promise<void> {
    return Promise.resolve();
  }

  parseCallback() {
    return noCallbacks(this.name);
  }

  cost({ operation }: MediaRequest): { operation: string; quantity: number } {
    return { operation, quantity: 1 };
  }

  #bytesOf(
    { b64_json, url }: { b64_json?: string | null | undefined; url?: string | null | undefined },
    signal: AbortSignal,
  ): Promise<Uint8Array> | Uint8Array {
    if (b64_json) return bytesOfBase64(b64_json);
    if (!url) throw malformed(new Error("The answer has neither bytes nor an address."));
    return download(url, {
      maxBytes: MAX_OUTPUT_BYTES,
      timeoutMs: DOWNLOAD_MS,
      signal,
      trustedOrigins: [new URL(this.#config.baseUrl).origin],
      ...(this.#config.fetch && { fetch: this.#config.fetch }),
    });
  }
}

// The offered size whose shape, then area, is nearest to what was asked for.
function sizeOf(sizes: string[], { width = 1024, height = 1024 }: MediaRequest): string {
  const distance = (size: string) => {
    const [across = 1, down = 1] = size.split("x").map(Number);
    const shape = Math.abs(Math.log((width * down) / (height * across)));
    return shape * 10 + Math.abs(Math.log((width * height) / (across * down)));
  };
  return sizes.reduce((best, size) => (distance(size) < distance(best) ? size : best));
}

const errorBody = z.object({
  error: z.object({ code: z.string().nullish(), type: z.string().nullish() }),
});
const MODERATION = new Set([
  "moderation_blocked",
  "content_policy_violation",
  "image_generation_user_error",
]);

function refuse(refusal: Refusal): FinalError | RetryableError | undefined {
  let body: unknown;
  try {
    body = JSON.parse(refusal.body);
  } catch {
    return undefined;
  }
  const { code, type } = errorBody.safeParse(body).data?.error ?? {};
  if (refusal.status !== 400 || ![code, type].some((word) => word && MODERATION.has(word))) {
    return undefined;
  }
  return new FinalError(MODERATED_WORDS, { status: 400, cause: new RefusalError(refusal) });
}
