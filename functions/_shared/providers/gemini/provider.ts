import type {
  Done,
  Failed,
  MediaProvider,
  MediaRequest,
  Pending,
  ProviderContext,
  Route,
  Submitted,
  WaitingState,
} from "../types.ts";
import { noCallbacks, notOffered } from "../vendor/not_offered.ts";
import type { GeminiConfig } from "./env.ts";
import { makeImage } from "./images.ts";
import { lookAfterVideo, orderVideo, secondsOf } from "./videos.ts";

// Google's Gemini API: pictures at once, videos (Veo) as orders that are polled.
export class GeminiProvider implements MediaProvider {
  readonly name = "gemini";
  readonly #config: GeminiConfig;

  constructor(config: GeminiConfig) {
    this.#config = config;
  }

  async submit(request: MediaRequest, context: ProviderContext): Promise<Done | Submitted> {
    switch (request.operation) {
      case "generate":
      case "stage":
        return await makeImage(this.#config, request, context);
      case "generate_video":
        return await orderVideo(this.#config, request, context);
      default:
        throw notOffered(this.name, request.operation);
    }
  }

  poll(
    externalId: string,
    _state: WaitingState,
    _request: MediaRequest,
    context: ProviderContext,
  ): Promise<Done | Pending | Failed> {
    return lookAfterVideo(this.#config, externalId, context);
  }

  // The API has no way to stop a video.
  cancel(): Promise<void> {
    return Promise.resolve();
  }

  parseCallback() {
    return noCallbacks(this.name);
  }

  // Videos are billed by the second, pictures by the piece.
  cost(request: MediaRequest, route: Route): { operation: string; quantity: number } {
    const { operation } = request;
    return { operation, quantity: operation === "generate_video" ? secondsOf(request, route) : 1 };
  }
}
