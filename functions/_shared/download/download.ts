import { readLimited, TooLargeError } from "../read_limited.ts";
import {
  FinalError,
  ProviderFaultError,
  RetryableError,
  UNREACHABLE_WORDS,
} from "../work_error.ts";
import { isPublicHost, type Resolve, resolveHere } from "./addresses.ts";

// The address is one that we do not open, whoever named it.
export class UrlNotAllowedError extends FinalError {
  override readonly name = "UrlNotAllowedError";

  constructor(url: string, why: string) {
    super("The provider's result lies where we do not look.", {
      cause: new Error(`${why}: ${url.slice(0, 200)}`),
    });
  }
}

export interface DownloadOptions {
  maxBytes: number;
  timeoutMs: number;
  signal: AbortSignal;
  // Origins that the operator configured: they alone may be private, or without TLS.
  trustedOrigins?: readonly string[];
  // Ends of the host names that a provider delivers from; none means any public host.
  hosts?: readonly string[];
  // Only sent to a trusted origin.
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  resolve?: Resolve;
}

const MAX_HOPS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

// Fetches what a provider's answer points to. Such an address is believed no more than a user's:
// only https, only public hosts, and each redirect is looked at anew.
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)]);
  try {
    const response = await follow(url, options, signal);
    const bytes = await readLimited(response.body, options.maxBytes, lengthOf(response.headers));
    if (bytes.byteLength > 0) return bytes;
  } catch (cause) {
    if (options.signal.aborted) throw options.signal.reason;
    if (cause instanceof RetryableError || cause instanceof FinalError) throw cause;
    if (cause instanceof TooLargeError) {
      const words = `The result is larger than ${Math.floor(options.maxBytes / 2 ** 20)} MB.`;
      throw new FinalError(words, { status: 413, cause });
    }
    throw new ProviderFaultError(UNREACHABLE_WORDS, { cause });
  }
  throw new RetryableError("The provider's answer was empty. We try again.", { status: 502 });
}

async function follow(
  start: string,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<Response> {
  let url = start;
  for (let hop = 0; hop <= MAX_HOPS; hop++) {
    const { href, trusted } = await checkUrl(url, options);
    const response = await (options.fetch ?? fetch)(href, {
      redirect: "manual",
      signal,
      headers: trusted ? (options.headers ?? {}) : {},
    });
    if (response.ok) return response;
    await response.body?.cancel();
    const location = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || !location) {
      // It may be gone for good (404, 410): then the order starts over and not this download.
      const cause = new Error(`HTTP ${response.status} of ${redacted(href)}`);
      const { status } = response;
      if (status >= 500 || status === 429) {
        throw new ProviderFaultError(UNREACHABLE_WORDS, { status, cause });
      }
      throw new RetryableError("The provider's result was gone. We try again.", { status, cause });
    }
    url = new URL(location, href).href;
  }
  throw new UrlNotAllowedError(start, `More than ${MAX_HOPS} redirects`);
}

async function checkUrl(
  url: string,
  { trustedOrigins = [], hosts, resolve = resolveHere }: DownloadOptions,
): Promise<{ href: string; trusted: boolean }> {
  if (!URL.canParse(url)) throw new UrlNotAllowedError(url, "Not a URL");
  const { protocol, hostname, origin, username, password, href } = new URL(url);
  if (trustedOrigins.includes(origin)) return { href, trusted: true };
  if (protocol !== "https:") throw new UrlNotAllowedError(url, "Not https");
  if (username || password) throw new UrlNotAllowedError(url, "A URL with a user");
  if (hosts && !hosts.some((end) => hostname === end || hostname.endsWith(`.${end}`))) {
    throw new UrlNotAllowedError(url, "Not a host of this provider");
  }
  if (!(await isPublicHost(hostname, resolve, hosts !== undefined))) {
    throw new UrlNotAllowedError(url, "Not a public host");
  }
  return { href, trusted: false };
}

// What is to come, if it comes as it is.
function lengthOf(headers: Headers): number | undefined {
  const text = headers.get("content-length");
  return text && /^\d+$/.test(text) && !headers.has("content-encoding") ? Number(text) : undefined;
}

function redacted(url: string): string {
  return url.replace(/[?#].*$/, "");
}
