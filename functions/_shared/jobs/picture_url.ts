import { type DownloadOptions, download, UrlNotAllowedError } from "../download/download.ts";
import { FinalError, ProviderFaultError, RetryableError } from "../work_error.ts";

export type FetchPicture = (
  url: string,
  maxBytes: number,
  signal: AbortSignal,
) => Promise<Uint8Array>;

const TIMEOUT_MS = 30_000;

// The picture at an address that a user named. It is looked at as any address is that we do not
// know; and whatever becomes of it says nothing about the provider that the job is for: an address
// that never answers must not give a provider a rest.
export function pictureFetcher(
  network: Pick<DownloadOptions, "fetch" | "resolve"> = {},
): FetchPicture {
  return async (url, maxBytes, signal) => {
    try {
      return await download(url, { maxBytes, timeoutMs: TIMEOUT_MS, signal, ...network });
    } catch (cause) {
      throw errorOf(cause);
    }
  };
}

function errorOf(cause: unknown): unknown {
  if (cause instanceof FinalError && !(cause instanceof UrlNotAllowedError)) {
    return new FinalError("The picture is larger than 25 MB. Please use a smaller one.", { cause });
  }
  if (cause instanceof ProviderFaultError) {
    return new RetryableError("The picture's address does not answer. We try again.", { cause });
  }
  if (cause instanceof UrlNotAllowedError || cause instanceof RetryableError) {
    return new FinalError("The picture cannot be loaded from its address. Please upload it.", {
      cause,
    });
  }
  return cause;
}
