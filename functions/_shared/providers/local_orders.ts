import { type FileAddress, FileMissingError, type Files } from "../files.ts";
import type { Failed, MediaOutput, MediaRequest, ProviderContext } from "./types.ts";

type Owner = Pick<ProviderContext, "userId" | "subjectId">;

const MAX_RESULT_BYTES = 100 * 1024 * 1024;

interface Running {
  abort: AbortController;
  progress: number;
}

// The orders of the asynchronous local provider. A finished picture is kept in storage, where
// another process finds it; a failure is kept in memory only, since doing the work again after a
// restart fails in the same way.
export class LocalOrders {
  readonly #files: Files;
  readonly #running = new Map<string, Running>();
  readonly #failures = new Map<string, Failed["error"]>();

  constructor(files: Files) {
    this.#files = files;
  }

  begin(externalId: string): AbortSignal {
    const abort = new AbortController();
    this.#running.set(externalId, { abort, progress: 0 });
    return abort.signal;
  }

  report(externalId: string, progress: number): void {
    const running = this.#running.get(externalId);
    if (running) running.progress = progress;
  }

  progress(externalId: string): number | undefined {
    return this.#running.get(externalId)?.progress;
  }

  async succeed(externalId: string, owner: Owner, output: MediaOutput): Promise<void> {
    await this.#files.upload(addressOf(externalId, owner), output.bytes, output.contentType);
    this.#running.delete(externalId);
  }

  fail(externalId: string, error: Failed["error"]): void {
    this.#failures.set(externalId, error);
    this.#running.delete(externalId);
  }

  takeFailure(externalId: string): Failed["error"] | undefined {
    const error = this.#failures.get(externalId);
    this.#failures.delete(externalId);
    return error;
  }

  async result(
    externalId: string,
    owner: Owner,
    signal: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    try {
      return await this.#files.download(addressOf(externalId, owner), MAX_RESULT_BYTES, signal);
    } catch (error) {
      if (error instanceof FileMissingError) return undefined;
      throw error;
    }
  }

  async forget(externalId: string, owner: Owner): Promise<void> {
    const { bucket, path } = addressOf(externalId, owner);
    await this.#files.remove(bucket, [path]);
  }

  abort(externalId: string): void {
    this.#running.get(externalId)?.abort.abort(new Error("The order was cancelled."));
    this.#running.delete(externalId);
    this.#failures.delete(externalId);
  }
}

export function contentTypeOf(request: MediaRequest): string | undefined {
  if (request.operation === "generate_video") return "video/webm";
  return request.operation === "vectorize" ? "image/svg+xml" : undefined;
}

function addressOf(externalId: string, { userId, subjectId }: Owner): FileAddress {
  return { bucket: "results", path: `${userId}/${subjectId}/provider/${externalId}` };
}
