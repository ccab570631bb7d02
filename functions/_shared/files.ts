import type { Client } from "./supabase.ts";
import { FinalError, RetryableError } from "./work_error.ts";

export class FileMissingError extends Error {
  override readonly name = "FileMissingError";
}

export class FileTooLargeError extends Error {
  override readonly name = "FileTooLargeError";
}

export interface FileAddress {
  bucket: string;
  path: string;
}

// The Storage API as jobs need it.
export interface Files {
  download(file: FileAddress, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  upload(file: FileAddress, bytes: Uint8Array, contentType: string): Promise<void>;
  remove(bucket: string, paths: string[]): Promise<void>;
}

const STORAGE_WORDS = "The file storage could not be reached. We try again.";

export function storageFiles(client: Pick<Client, "storage">): Files {
  return {
    async download({ bucket, path }, maxBytes, signal) {
      const { data, error } = await client.storage
        .from(bucket)
        .download(path, {}, { signal })
        .asStream();
      if (error) {
        if (isMissing(error)) throw new FileMissingError(`${bucket}/${path} is not there.`);
        throw new RetryableError(STORAGE_WORDS, { cause: error });
      }
      return await readLimited(data, maxBytes);
    },

    async upload({ bucket, path }, bytes, contentType) {
      // Overwriting is safe: a path belongs to one attempt, and the attempt may repeat itself
      // after an answer that got lost.
      const { error } = await client.storage
        .from(bucket)
        .upload(path, bytes, { contentType, upsert: true });
      if (!error) return;
      if (statusOf(error) === 413) {
        throw new FinalError("The result is too large to be stored.", { cause: error });
      }
      throw new RetryableError(STORAGE_WORDS, { cause: error });
    },

    async remove(bucket, paths) {
      const { error } = await client.storage.from(bucket).remove(paths);
      if (error) throw new RetryableError(STORAGE_WORDS, { cause: error });
    },
  };
}

// Stops at the limit, so that a huge object never fills the memory of the function.
async function readLimited(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = stream?.getReader();
    for (;;) {
      const next = await reader?.read();
      if (!next || next.done) break;
      length += next.value.byteLength;
      if (length > maxBytes) {
        reader?.cancel().catch(() => undefined);
        throw new FileTooLargeError(`The object is larger than ${maxBytes} bytes.`);
      }
      chunks.push(next.value);
    }
  } catch (cause) {
    if (cause instanceof FileTooLargeError) throw cause;
    throw new RetryableError(STORAGE_WORDS, { cause });
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

// Supabase Storage answers a missing object with HTTP 400 and statusCode "404" in the body.
function isMissing(error: Error): boolean {
  return statusOf(error) === 404 || ("code" in error && error.code === "NoSuchKey");
}

function statusOf(error: Error): number | undefined {
  const { status, statusCode } = error as { status?: number; statusCode?: string };
  return Number(statusCode) || status;
}
