import { z } from "zod";
import { FinalError, type RetryableError } from "../../work_error.ts";
import type { Done, MediaProvider, MediaRequest, Pending, ProviderContext } from "../types.ts";
import { base64Of } from "../vendor/base64.ts";
import { malformed, VendorCall } from "../vendor/call.ts";
import { noCallbacks, notOffered } from "../vendor/not_offered.ts";
import { type Refusal, RefusalError } from "../vendor/refusal.ts";
import { settingsOf } from "../vendor/settings.ts";
import { workMs } from "../vendor/timeouts.ts";
import type { VectorizerConfig } from "./env.ts";

// Sent along as they are: processing.max_colors, output.svg.version, …
const settingsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

// Vectorizer.AI: one picture in, one SVG out, in one call. It has no SDK for JavaScript.
export class VectorizerProvider implements MediaProvider {
  readonly name = "vectorizer";
  readonly #config: VectorizerConfig;

  constructor(config: VectorizerConfig) {
    this.#config = config;
  }

  async submit(request: MediaRequest, { route, signal }: ProviderContext): Promise<Done> {
    const source = request.operation === "vectorize" ? await request.source?.() : undefined;
    if (!source) throw notOffered(this.name, request.operation);
    const { apiId, apiSecret, baseUrl, mode, fetch } = this.#config;
    const form = new FormData();
    form.set("image", new Blob([source.bytes.slice()], { type: source.contentType }), "picture");
    form.set("mode", mode);
    form.set("output.file_format", "svg");
    for (const [name, value] of Object.entries(settingsOf(settingsSchema, route))) {
      form.set(name, String(value));
    }
    const call = new VendorCall({ timeoutMs: workMs(route), signal, refuse, fetch });
    const key = base64Of(new TextEncoder().encode(`${apiId}:${apiSecret}`));
    return await call.run(async () => {
      const response = await call.fetch(`${baseUrl}/vectorize`, {
        method: "POST",
        headers: { authorization: `Basic ${key}` },
        body: form,
      });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length === 0) throw malformed(new Error("The SVG is empty."));
      const credits = response.headers.get("x-credits-charged") ?? undefined;
      return {
        kind: "done",
        outputs: [{ bytes, contentType: "image/svg+xml" }],
        usage: { status: response.status, detail: { bytes: bytes.length, credits } },
      };
    });
  }

  // There are no orders to look after.
  poll(): Promise<Pending> {
    return Promise.reject(malformed(new Error("Vectorizer.AI has no orders.")));
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
}

const errorBody = z.object({ error: z.object({ code: z.number() }) });
const UNREADABLE = 1006;

function refuse(refusal: Refusal): FinalError | RetryableError | undefined {
  if (refusal.status !== 400) return undefined;
  let body: unknown;
  try {
    body = JSON.parse(refusal.body);
  } catch {
    return undefined;
  }
  if (errorBody.safeParse(body).data?.error.code !== UNREADABLE) return undefined;
  const cause = new RefusalError(refusal);
  return new FinalError("The picture could not be read. Please use another.", {
    status: 400,
    cause,
  });
}
