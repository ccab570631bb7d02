import { type Body, forward, HttpError } from "./http.ts";
import type { Keys } from "./keys.ts";
import type { Fetch } from "./lite.ts";
import { listOneLevel } from "./storage_list.ts";
import { signMany } from "./storage_sign.ts";

// What stands between storage-js and lite's storage, where the two differ. Rights are not decided
// here: lite runs each operation under the caller's role and the policies of storage.objects.
export async function storageRequest(
  lite: Fetch,
  keys: Keys,
  request: Request,
  body: Body,
): Promise<Response> {
  const url = new URL(request.url);
  url.pathname = cleanPath(url.pathname);
  const headers = new Headers(request.headers);
  const path = url.pathname.slice("/storage/v1".length);

  guardBuckets(request, path, keys);
  if (request.method === "POST" && path.startsWith("/object/list/")) {
    return listOneLevel(lite, request, url, body);
  }
  const many = request.method === "POST" && /^\/object\/sign\/[^/]+\/?$/.test(path);
  const content = await unwrapForm(request, headers, body);
  const response = many
    ? await signMany(lite, request, url, body, cleanPath)
    : await lite(forward(url, request, headers, content));
  if (!response.ok) return named(response);
  if (request.method === "POST" && /^\/object\/(upload\/)?sign\//.test(path)) {
    return Response.json(withSignedUrls(await response.json()));
  }
  const download = url.searchParams.get("download");
  return download === null ? response : asAttachment(response, download);
}

// Keys as Supabase allows them. lite decodes only part of an escaped path, so an escaped slash or
// question mark would give the object another name here than in a JSON body.
const KEY = /^[\w!\-.*'() &$@=;:+,/]+$/;

function cleanPath(path: string): string {
  const plain = path
    .replace(/^(\/storage\/v1\/object\/)authenticated\//, "$1")
    .replace(/^(\/storage\/v1\/object\/info\/)authenticated\//, "$1");
  const segments = plain.split("/").map((segment) => {
    const decoded = decode(segment);
    if (decoded === "." || decoded === ".." || decoded.includes("/")) throw invalidKey();
    if (decoded && !KEY.test(decoded)) throw invalidKey();
    return encodeURI(decoded);
  });
  return segments.join("/");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidKey();
  }
}

function invalidKey(): HttpError {
  return new HttpError(
    400,
    "InvalidKey",
    "Invalid key: a path of letters, digits and - _ . / only.",
  );
}

// lite empties a whole bucket for anyone who sees it and one object in it, and takes no other
// right into account: buckets are the service's to change.
function guardBuckets(request: Request, path: string, keys: Keys): void {
  if (!path.startsWith("/bucket") || request.method === "GET") return;
  const bearer = request.headers.get("authorization")?.replace(/^Bearer\s+/i, "");
  const service = request.headers.get("apikey") === keys.secret;
  if (!service || (bearer !== undefined && bearer !== keys.secret)) {
    throw new HttpError(403, "AccessDenied", "Only the service may change buckets.");
  }
}

// storage-js sends a Blob as a form whose file has an empty name; lite reads only a field `file`,
// and on PUT takes the form itself for the file. Raw bytes are what both understand.
async function unwrapForm(request: Request, headers: Headers, body: Body): Promise<Body> {
  const type = headers.get("content-type") ?? "";
  if (!body || !type.startsWith("multipart/form-data")) return body;
  const form = await new Response(body, { headers: { "content-type": type } })
    .formData()
    .catch(() => {
      throw new HttpError(400, "InvalidRequest", "The form cannot be read.");
    });
  const file = [...form.values()].find((value) => value instanceof Blob);
  if (!file) throw new HttpError(400, "InvalidRequest", `${request.method} needs a file.`);
  const cacheControl = form.get("cacheControl");
  headers.set("content-type", file.type.split(";", 1)[0]?.trim() || "application/octet-stream");
  if (typeof cacheControl === "string") headers.set("cache-control", `max-age=${cacheControl}`);
  return new Uint8Array(await file.arrayBuffer());
}

// storage-js appends `signedURL` and `url` to its own /storage/v1.
function withSignedUrls(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(withSignedUrls);
  const { signedUrl, ...rest } = answer as { signedUrl?: string };
  const below = signedUrl?.replace(/^\/storage\/v1/, "") || null;
  return { ...rest, signedURL: below, url: below };
}

const CODES: Record<string, string> = {
  not_found: "NoSuchKey",
  "Bucket not found": "NoSuchBucket",
  Duplicate: "KeyAlreadyExists",
  "Invalid key": "InvalidKey",
  Unauthorized: "AccessDenied",
  invalid_mime_type: "InvalidMimeType",
  "Payload too large": "EntityTooLarge",
};

// storage-js tells a missing file from another fault by `code`, which lite does not send.
async function named(response: Response): Promise<Response> {
  const text = await response.text();
  const { status } = response;
  try {
    const error = JSON.parse(text) as { error?: string; code?: string };
    const code = error.code ?? CODES[error.error ?? ""] ?? error.error;
    return Response.json({ ...error, code }, { status });
  } catch {
    return new Response(text || null, { status, headers: response.headers });
  }
}

function asAttachment(response: Response, name: string): Response {
  const headers = new Headers(response.headers);
  const filename = name ? `; filename*=UTF-8''${encodeURIComponent(name)}` : "";
  headers.set("content-disposition", `attachment${filename}`);
  return new Response(response.body, { status: response.status, headers });
}
