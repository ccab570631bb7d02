import type { Files } from "../files.ts";
import type { FinalError, RetryableError } from "../work_error.ts";

export interface SourcePicture {
  bytes: Uint8Array;
  // Found in the bytes, not in the name.
  contentType: string;
  width: number;
  height: number;
}

// What a job asks of a provider, without any word of a particular provider: docs/providers.md.
export interface MediaRequest {
  operation: string;
  factor?: number | undefined;
  prompt?: string | undefined;
  negativePrompt?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
  aspectRatio?: string | undefined;
  resolution?: string | undefined;
  seconds?: number | undefined;
  roomType?: string | undefined;
  style?: string | undefined;
  // Loaded when a provider needs it, and once; absent when the operation has none.
  source?: (() => Promise<SourcePicture>) | undefined;
  // The picture that a video starts from.
  reference?: (() => Promise<SourcePicture>) | undefined;
  // What the request table passes through: only a provider that knows a word in it reads it.
  options: Record<string, unknown>;
}

// What public.provider_routes says about this provider and this operation.
export interface Route {
  id: string;
  provider: string;
  // The provider's own name of what is to be used; may be empty.
  model: string;
  timeoutSeconds: number;
  settings: Record<string, unknown>;
}

export interface ProviderContext {
  route: Route;
  jobId: string;
  userId: string;
  subjectId: string;
  // 1 in the first run of a job.
  attempt: number;
  maxAttempts: number;
  // The same for every run of one job: a repeated submit must not become a second order.
  idempotencyKey: string;
  // Aborted when the lease is lost.
  signal: AbortSignal;
  progress(percent: number): void;
  files: Files;
}

export interface MediaOutput {
  bytes: Uint8Array;
  contentType: string;
}

// What the call took, for api_usage_logs. Nothing here may be secret.
export interface Usage {
  status: number;
  detail?: Record<string, unknown>;
}

export interface Done {
  kind: "done";
  outputs: [MediaOutput, ...MediaOutput[]];
  usage: Usage;
  // Called once the result is safe with us: what the provider kept may go.
  discard?: () => Promise<void>;
}

export interface Submitted {
  kind: "submitted";
  externalId: string;
  pollAfterSeconds: number;
}

export interface Pending {
  kind: "pending";
  pollAfterSeconds: number;
  progress?: number | undefined;
}

export interface Failed {
  kind: "failed";
  error: RetryableError | FinalError;
}

// What a waiting job remembers of its order.
export interface WaitingState {
  submittedAt: Date;
  // The verified payload of parseCallback, when a callback came.
  callback?: Record<string, unknown> | undefined;
}

export interface Callback {
  externalId: string;
  // `pending` is news that ends nothing.
  outcome: "succeeded" | "failed" | "pending";
  // Reaches poll() as state.callback. It is stored: no secrets, only checked fields.
  payload: Record<string, unknown>;
}

export interface CallbackRequest {
  headers: Headers;
  // The bytes as they came: signatures are over bytes.
  body: Uint8Array;
}

export interface CallbackParser {
  readonly name: string;
  // Throws SignatureInvalidError before it believes a word, CallbackInvalidError after.
  parseCallback(request: CallbackRequest): Promise<Callback>;
}

export interface MediaProvider extends CallbackParser {
  // Throws ProviderFaultError, RetryableError or FinalError; anything else counts as retryable.
  submit(request: MediaRequest, context: ProviderContext): Promise<Done | Submitted>;
  // Throws when the provider cannot be asked; answers `failed` when the work has failed.
  poll(
    externalId: string,
    state: WaitingState,
    request: MediaRequest,
    context: ProviderContext,
  ): Promise<Done | Pending | Failed>;
  cancel(externalId: string): Promise<void>;
  // What the provider bills for this request, in the units of api_costs.
  cost(request: MediaRequest, route: Route): { operation: string; quantity: number };
}
