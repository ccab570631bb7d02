export class TooLargeError extends Error {
  override readonly name = "TooLargeError";

  constructor(readonly maxBytes: number) {
    super(`There are more than ${maxBytes} bytes.`);
  }
}

// A stream's bytes, or TooLargeError as soon as there are more than the limit: what a sender says
// of its length may be missing or lie, the count of the bytes may not.
export async function readLimited(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!stream) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      // Not awaited: the sender need not agree to stop before we go on.
      reader.cancel().catch(() => undefined);
      throw new TooLargeError(maxBytes);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
