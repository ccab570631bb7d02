export class TooLargeError extends Error {
  override readonly name = "TooLargeError";

  constructor(readonly maxBytes: number) {
    super(`There are more than ${maxBytes} bytes.`);
  }
}

const FIRST_BYTES = 64 * 1024;

// A stream's bytes, or TooLargeError as soon as there are more than the limit: what a sender says
// of its length may be missing or lie, the count of the bytes may not. If it says so itself, nothing
// is read; if it says less, there is room for that from the start.
export async function readLimited(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  expectedBytes?: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!stream) return new Uint8Array();
  const reader = stream.getReader();
  const tooLarge = () => {
    // Not awaited: the sender need not agree to stop before we go on.
    reader.cancel().catch(() => undefined);
    return new TooLargeError(maxBytes);
  };
  if (expectedBytes !== undefined && expectedBytes > maxBytes) throw tooLarge();
  let bytes = new Uint8Array(Math.min(expectedBytes ?? FIRST_BYTES, maxBytes));
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const end = length + value.byteLength;
    if (end > maxBytes) throw tooLarge();
    if (end > bytes.byteLength) {
      const larger = new Uint8Array(Math.min(maxBytes, Math.max(end, 2 * bytes.byteLength)));
      larger.set(bytes.subarray(0, length));
      bytes = larger;
    }
    bytes.set(value, length);
    length = end;
  }
  return length === bytes.byteLength ? bytes : bytes.slice(0, length);
}
