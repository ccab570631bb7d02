import { Buffer } from "node:buffer";
import { malformed } from "./call.ts";

// Node's and Deno's own decoder: atob() would hold the bytes three times.
export function bytesOfBase64(text: string): Uint8Array {
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  if (bytes.length === 0) throw malformed(new Error("The picture is empty or not base64."));
  return bytes;
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
