import { createHmac, timingSafeEqual } from "node:crypto";

// Is this a token of ours (HS256) that has not run out? The hosted gateway asks the same before a
// function with verify_jwt.
export function isValidToken(authorization: string | null, secret: string): boolean {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  const [header, payload, signature, ...rest] = token?.split(".") ?? [];
  if (!header || !payload || !signature || rest.length > 0) return false;
  if (decode(header)?.alg !== "HS256") return false;
  const expected = bytes(createHmac("sha256", secret).update(`${header}.${payload}`).digest());
  const given = bytes(Buffer.from(signature, "base64url"));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const expires = decode(payload)?.exp;
  return typeof expires === "number" && expires * 1000 > Date.now();
}

function bytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer);
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
