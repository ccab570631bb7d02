import { z } from "zod";
import { FinalError, type RetryableError } from "../../work_error.ts";
import { VendorCall, type VendorCallOptions } from "../vendor/call.ts";
import { errorOf, MODERATED_WORDS, type Refusal, reasonOf } from "../vendor/refusal.ts";
import { bounded } from "../vendor/retry_after.ts";
import type { GeminiConfig } from "./env.ts";

type Sdk = typeof import("@google/genai");
type Client = InstanceType<Sdk["GoogleGenAI"]>;

// One request to the Gemini API through Google's SDK, which is only loaded where there is a key.
export async function askGemini<T>(
  config: GeminiConfig,
  options: Pick<VendorCallOptions, "timeoutMs" | "signal">,
  ask: (client: Client, sdk: Sdk) => Promise<T>,
): Promise<T> {
  const sdk = await import("@google/genai");
  const call = new VendorCall({ ...options, refuse, fetch: config.fetch });
  const client = new sdk.GoogleGenAI({
    apiKey: config.apiKey,
    vertexai: false,
    httpOptions: { baseUrl: config.baseUrl, fetch: call.fetch },
  });
  return await call.run(() => ask(client, sdk));
}

const errorBody = z.object({
  error: z.object({
    message: z.string().default(""),
    status: z.string().default(""),
    details: z.array(z.looseObject({ "@type": z.string().optional() })).default([]),
  }),
});

const retryInfo = z.object({ retryDelay: z.string().regex(/^\d+(\.\d+)?s$/) });

// Google says how long to wait in the body, and that a key is wrong with 400.
function refuse(refusal: Refusal): FinalError | RetryableError | undefined {
  let body: unknown;
  try {
    body = JSON.parse(refusal.body);
  } catch {
    return undefined;
  }
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return undefined;
  const { message, status, details } = parsed.data.error;
  const info = retryInfo.safeParse(details.find((detail) => retryInfo.safeParse(detail).success));
  const retryAfterSeconds = info.success
    ? bounded(Number.parseFloat(info.data.retryDelay))
    : refusal.retryAfterSeconds;
  if (refusal.status === 400 && details.some(({ reason }) => reason === "API_KEY_INVALID")) {
    return errorOf({ ...refusal, status: 401 });
  }
  if (refusal.status === 400 && isModeration(message)) return moderated(message);
  if (refusal.status === 400 && status === "FAILED_PRECONDITION") {
    // Billing is off, or the API is not offered where we are.
    return errorOf({ ...refusal, status: 403 });
  }
  return errorOf({ ...refusal, retryAfterSeconds });
}

const MODERATION =
  /responsible ai|safety|prohibited|sensitive|usage guidelines|violat|celebrit|likeness|child/i;

export function isModeration(message: string): boolean {
  return MODERATION.test(message);
}

export function moderated(reason = ""): FinalError {
  const why = reasonOf(reason);
  return new FinalError(why ? `${MODERATED_WORDS} (${why})` : MODERATED_WORDS, { status: 400 });
}
