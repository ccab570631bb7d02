import { ApiError } from "./api_error.ts";
import { logLine } from "./log.ts";

export { ApiError } from "./api_error.ts";
export { readBody, readJson } from "./read_body.ts";

// Any origin may call: the caller is known by a bearer token, never by a cookie.
const CORS_HEADERS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, x-client-info, apikey, content-type",
} as const;

export type Handler = (request: Request) => Promise<Response>;

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
  });
}

// An ApiError answers as it says. Anything else is our own fault: it is logged, and the caller
// learns nothing of it.
export function errorResponse(error: unknown): Response {
  const known =
    error instanceof ApiError
      ? error
      : new ApiError(500, "internal_error", "Something went wrong on our side.", { cause: error });
  if (known.status >= 500) logLine("error", known.code, { error: known });
  return json(
    {
      error: { code: known.code, message: known.message, ...(known.hint && { hint: known.hint }) },
    },
    known.status,
  );
}

// What every function does around its handler: the method, errors as JSON, and, where browsers
// call it, CORS.
export function endpoint(options: { method: string; cors?: boolean }, handler: Handler): Handler {
  const extra: Record<string, string> = options.cors ? CORS_HEADERS : {};
  const allowed = options.cors ? `${options.method}, OPTIONS` : options.method;
  return async (request) => {
    if (options.cors && request.method === "OPTIONS") {
      return new Response(null, {
        status: 204,
        headers: {
          ...extra,
          "access-control-allow-methods": allowed,
          "access-control-max-age": "86400",
        },
      });
    }
    let response: Response;
    if (request.method !== options.method) {
      response = errorResponse(
        new ApiError(405, "method_not_allowed", `Use ${options.method}, not ${request.method}.`),
      );
      response.headers.set("allow", allowed);
    } else {
      response = await handler(request).catch(errorResponse);
    }
    for (const [name, value] of Object.entries(extra)) response.headers.set(name, value);
    return response;
  };
}
