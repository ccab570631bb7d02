import { createHash, randomUUID } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import type { App } from "@supabase/lite";

type StorageAdapter = NonNullable<App["_storageAdapter"]>;
type Metadata = Awaited<ReturnType<StorageAdapter["headObject"]>>;

// Files are named by the hash of bucket and key: no key can climb out of the directory, be too long
// for a file name, or be a folder and a file at once.
export function fileStorage(directory: string): StorageAdapter {
  const place = (bucket: string, key: string) => {
    const hash = createHash("sha256").update(`${bucket}\0${key}`).digest("hex");
    return join(directory, hash.slice(0, 2), hash);
  };

  const head = async (bucket: string, key: string): Promise<Metadata> => {
    const file = place(bucket, key);
    const meta = JSON.parse(await readFile(`${file}.json`, "utf8")) as Metadata;
    return { ...meta, lastModified: (await stat(file)).mtime };
  };

  const remove = async (bucket: string, key: string) => {
    const file = place(bucket, key);
    await Promise.all([rm(file, { force: true }), rm(`${file}.json`, { force: true })]);
  };

  return {
    driver: null,
    async uploadObject(bucket, key, _version, body, mimetype, cacheControl) {
      const bytes = await toBytes(body);
      const file = place(bucket, key);
      const meta: Metadata = {
        cacheControl,
        mimetype,
        contentLength: bytes.length,
        size: bytes.length,
        eTag: `"${createHash("md5").update(bytes).digest("hex")}"`,
      };
      await mkdir(dirname(file), { recursive: true });
      await replace(file, bytes);
      await replace(`${file}.json`, JSON.stringify(meta));
      return { ...meta, lastModified: new Date() };
    },
    async getObject(bucket, key) {
      const metadata = await head(bucket, key);
      const stream = Readable.toWeb(createReadStream(place(bucket, key)));
      return { metadata, httpStatusCode: 200, body: stream };
    },
    headObject: head,
    deleteObject: remove,
    async deleteObjects(bucket, keys) {
      await Promise.all(keys.map((key) => remove(bucket, key)));
    },
    async copyObject(bucket, key, _version, toBucket, toKey) {
      const [from, to] = [place(bucket, key), place(toBucket, toKey)];
      await mkdir(dirname(to), { recursive: true });
      if (from !== to && existsSync(from)) {
        await Promise.all([copyFile(from, to), copyFile(`${from}.json`, `${to}.json`)]);
      }
      const { eTag, lastModified } = await head(toBucket, toKey);
      return { httpStatusCode: 200, eTag, ...(lastModified && { lastModified }) };
    },
    async privateAssetUrl(bucket, key) {
      return `file://${place(bucket, key)}`;
    },
  };
}

// A reader sees the whole old file or the whole new one.
async function replace(file: string, content: Uint8Array | string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content);
  await rename(draft, file);
}

async function toBytes(body: unknown): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
}
