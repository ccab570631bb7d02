import type { Prediction } from "replicate";
import { z } from "zod";
import { download } from "../../download/download.ts";
import { FinalError, ProviderFaultError, RetryableError } from "../../work_error.ts";
import type {
  Callback,
  CallbackRequest,
  Done,
  Failed,
  MediaOutput,
  MediaProvider,
  MediaRequest,
  Pending,
  ProviderContext,
  Submitted,
  WaitingState,
} from "../types.ts";
import { malformed } from "../vendor/call.ts";
import { MODERATED_WORDS, RefusalError } from "../vendor/refusal.ts";
import { DOWNLOAD_MS, ORDER_MS } from "../vendor/timeouts.ts";
import { replicateCallbacks } from "./callbacks.ts";
import { askReplicate } from "./client.ts";
import type { ReplicateConfig } from "./env.ts";
import { inputOf } from "./input.ts";

const POLL_SECONDS = 4;
// With a webhook a poll is only for the one that never comes.
const POLL_SECONDS_WITH_WEBHOOK = 30;
const MAX_OUTPUT_BYTES = 100 * 1024 * 1024;
const MAX_OUTPUTS = 4;
const UPLOAD_MS = 60_000;
const HOSTS = ["replicate.delivery", "replicate.com"];

const predictionSchema = z.object({
  id: z.string().min(1),
  status: z.string(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  metrics: z.object({ predict_time: z.number().optional() }).nullish(),
});

// Replicate runs models of many makers; which one is the route's model, "owner/name" or
// "owner/name:version".
export class ReplicateProvider implements MediaProvider {
  readonly name = "replicate";
  readonly #config: ReplicateConfig;

  constructor(config: ReplicateConfig) {
    this.#config = config;
  }

  async submit(request: MediaRequest, context: ProviderContext): Promise<Submitted> {
    const { route, signal } = context;
    const [source, reference] = await Promise.all([
      this.#upload(request.source, signal),
      this.#upload(request.reference, signal),
    ]);
    const input = inputOf(request, route, { source, reference });
    const [model = "", version] = route.model.split(":");
    const { webhookUrl } = this.#config;
    const prediction = await askReplicate(this.#config, { timeoutMs: ORDER_MS, signal }, (client) =>
      client.predictions.create({
        ...(version ? { version } : { model }),
        input,
        ...(webhookUrl && { webhook: webhookUrl, webhook_events_filter: ["completed"] }),
      }),
    );
    const { id } = parsed(prediction);
    return { kind: "submitted", externalId: id, pollAfterSeconds: this.#pollAfterSeconds };
  }

  async poll(
    externalId: string,
    _state: WaitingState,
    _request: MediaRequest,
    { signal }: ProviderContext,
  ): Promise<Done | Pending | Failed> {
    let answer: Prediction;
    try {
      answer = await askReplicate(this.#config, { timeoutMs: ORDER_MS, signal }, (client) =>
        client.predictions.get(externalId),
      );
    } catch (error) {
      if (error instanceof ProviderFaultError && error.status === 404) return lost(error);
      throw error;
    }
    const prediction = parsed(answer);
    switch (prediction.status) {
      case "starting":
      case "processing":
        return { kind: "pending", pollAfterSeconds: this.#pollAfterSeconds };
      case "succeeded":
        return await this.#fetch(prediction, signal);
      case "failed":
        return { kind: "failed", error: errorOfPrediction(prediction.error) };
      case "canceled":
      case "aborted":
        return lost(new Error(`The prediction was ${prediction.status}.`));
      default:
        throw malformed(new Error(`A prediction that is "${prediction.status}".`));
    }
  }

  async cancel(externalId: string): Promise<void> {
    await askReplicate(this.#config, { timeoutMs: ORDER_MS }, (client) =>
      client.predictions.cancel(externalId),
    );
  }

  parseCallback(request: CallbackRequest): Promise<Callback> {
    return replicateCallbacks(this.#config.webhookSecret).parseCallback(request);
  }

  cost({ operation, seconds }: MediaRequest): { operation: string; quantity: number } {
    return { operation, quantity: operation === "generate_video" ? (seconds ?? 1) : 1 };
  }

  async #upload(picture: MediaRequest["source"], signal: AbortSignal): Promise<string | undefined> {
    if (!picture) return undefined;
    const { bytes, contentType } = await picture();
    const file = new Blob([bytes.slice()], { type: contentType });
    const stored = await askReplicate(this.#config, { timeoutMs: UPLOAD_MS, signal }, (client) =>
      client.files.create(file),
    );
    const found = z.object({ urls: z.object({ get: z.url() }) }).safeParse(stored);
    if (!found.success) throw malformed(found.error);
    return found.data.urls.get;
  }

  async #fetch(prediction: z.output<typeof predictionSchema>, signal: AbortSignal): Promise<Done> {
    const [first, ...more] = addressesIn(prediction.output).slice(0, MAX_OUTPUTS);
    // Outputs are removed after an hour: then it is ordered anew.
    if (!first) {
      throw new RetryableError("The provider's result was gone. We try again.", { status: 502 });
    }
    // All of them are in memory at once.
    let left = MAX_OUTPUT_BYTES;
    const load = async (url: string): Promise<MediaOutput> => {
      const bytes = await download(url, {
        maxBytes: left,
        timeoutMs: DOWNLOAD_MS,
        signal,
        hosts: HOSTS,
        trustedOrigins: [new URL(this.#config.baseUrl).origin],
        ...(this.#config.fetch && { fetch: this.#config.fetch }),
      });
      left -= bytes.byteLength;
      // The type is found in the bytes.
      return { bytes, contentType: "application/octet-stream" };
    };
    const outputs: [MediaOutput, ...MediaOutput[]] = [await load(first)];
    for (const url of more) outputs.push(await load(url));
    const detail = {
      bytes: outputs.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
      predict_time: prediction.metrics?.predict_time,
    };
    return { kind: "done", outputs, usage: { status: 200, detail } };
  }

  get #pollAfterSeconds(): number {
    return this.#config.webhookUrl ? POLL_SECONDS_WITH_WEBHOOK : POLL_SECONDS;
  }
}

function parsed(prediction: unknown): z.output<typeof predictionSchema> {
  const found = predictionSchema.safeParse(prediction);
  if (!found.success) throw malformed(found.error);
  return found.data;
}

// An output is an address, a list of them, or an object that holds some.
function addressesIn(output: unknown): string[] {
  if (typeof output === "string") return /^https?:\/\//.test(output) ? [output] : [];
  if (typeof output !== "object" || output === null) return [];
  return Object.values(output).flatMap(addressesIn);
}

function lost(cause: Error): Failed {
  const words = "The provider lost the order. We try again.";
  return { kind: "failed", error: new RetryableError(words, { status: 502, cause }) };
}

const MODERATION = /nsfw|safety|sensitive|moderat|content policy|flagged|prohibited|\(E005\)/i;

function errorOfPrediction(given: unknown): Failed["error"] {
  const text = typeof given === "string" ? given : JSON.stringify(given ?? "");
  const cause = new RefusalError({ status: 422, body: text });
  if (MODERATION.test(text)) return new FinalError(MODERATED_WORDS, { status: 422, cause });
  const words = "The provider could not do this. We try again.";
  return new RetryableError(words, { status: 502, cause });
}
