import {
  type FileAddress,
  FileMissingError,
  type Files,
  FileTooLargeError,
} from "../../../../functions/_shared/files.ts";

// The Storage API in memory.
export class FakeFiles implements Files {
  readonly stored = new Map<string, { bytes: Uint8Array; contentType: string }>();
  readonly removals: string[][] = [];
  beforeUpload: (path: string) => void | Promise<void> = () => undefined;

  put(bucket: string, path: string, bytes: Uint8Array, contentType = "image/png"): void {
    this.stored.set(`${bucket}/${path}`, { bytes, contentType });
  }

  paths(prefix: string): string[] {
    return [...this.stored.keys()].filter((name) => name.startsWith(prefix)).sort();
  }

  async download(file: FileAddress, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
    await Promise.resolve();
    signal.throwIfAborted();
    const found = this.stored.get(`${file.bucket}/${file.path}`);
    if (!found) throw new FileMissingError("missing");
    if (found.bytes.byteLength > maxBytes) throw new FileTooLargeError("too large");
    return found.bytes;
  }

  async upload(file: FileAddress, bytes: Uint8Array, contentType: string): Promise<void> {
    await this.beforeUpload(file.path);
    this.put(file.bucket, file.path, bytes, contentType);
  }

  async remove(bucket: string, paths: string[]): Promise<void> {
    await Promise.resolve();
    this.removals.push(paths);
    for (const path of paths) this.stored.delete(`${bucket}/${path}`);
  }
}
