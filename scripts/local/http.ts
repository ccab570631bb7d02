// What the gateway's parts share: errors as JSON, and bodies with a limit.
import { readLimited, TooLargeError } from "../../functions/_shared/read_limited.ts";

export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(status: number, code: string, message: string, hint?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

export type Body = Uint8Array<ArrayBuffer> | null;

// A body is read whole before its turn on the database, so a slow sender holds nobody up.
export async function readBody(request: Request, limit: number): Promise<Body> {
  if (!request.body) return null;
  const tooLarge = () =>
    new HttpError(413, "body_too_large", `The body is larger than ${limit} bytes.`);
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge();
  try {
    return await readLimited(request.body as ReadableStream<Uint8Array>, limit);
  } catch (cause) {
    throw cause instanceof TooLargeError ? tooLarge() : cause;
  }
}

export function forward(url: URL, request: Request, headers: Headers, body: Body): Request {
  if (body) headers.set("content-length", String(body.length));
  return new Request(url, { method: request.method, headers, body, redirect: "manual" });
}

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Content-Range, Content-Location, Preference-Applied",
};

export function withCors(response: Response): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(CORS)) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

export function preflight(request: Request): Response {
  const asked = request.headers.get("access-control-request-headers");
  return new Response(null, {
    status: 204,
    headers: {
      ...CORS,
      "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "access-control-allow-headers": asked ?? "authorization, apikey, content-type, x-client-info",
      "access-control-max-age": "86400",
    },
  });
}
