import { readLimited, TooLargeError } from "./read_limited.ts";
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
      return await readObject(data, maxBytes);
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
async function readObject(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array> {
  try {
    return await readLimited(stream, maxBytes);
  } catch (cause) {
    if (cause instanceof TooLargeError) {
      throw new FileTooLargeError(`The object is larger than ${maxBytes} bytes.`);
    }
    throw new RetryableError(STORAGE_WORDS, { cause });
  }
}

// Supabase Storage answers a missing object with HTTP 400 and statusCode "404" in the body.
function isMissing(error: Error): boolean {
  return statusOf(error) === 404 || ("code" in error && error.code === "NoSuchKey");
}

function statusOf(error: Error): number | undefined {
  const { status, statusCode } = error as { status?: number; statusCode?: string };
  return Number(statusCode) || status;
}
