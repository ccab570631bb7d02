import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootStack, type TestStack, type User } from "../support/stack.ts";

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);
const SUBJECT = "22222222-0000-4000-8000-000000000001";
const png = () => new Blob([PNG], { type: "image/png" });

let stack: TestStack;
let alice: User;
let bob: User;

beforeAll(async () => {
  stack = await bootStack({ functions: false });
  [alice, bob] = [await stack.signUp(), await stack.signUp()];
  const { error } = await alice.client.storage
    .from("uploads")
    .upload(`${alice.id}/secret.png`, png());
  if (error) throw error;
  await deliver(alice, "result.png");
});

afterAll(() => stack?.stop());

// A result as a worker leaves it: the file, and a completed job that names it.
async function deliver(user: User, name: string): Promise<void> {
  const path = `${user.id}/${SUBJECT}/${name}`;
  await stack.service().storage.from("results").upload(path, png());
  await stack.db.query(
    `insert into public.jobs (user_id, type, subject_id, status, result, deadline, finished_at)
     values ($1, 'editor.generate', $2, 'completed', $3, now(), now())`,
    [user.id, SUBJECT, { files: [{ kind: "processed", bucket: "results", path }] }],
  );
}

async function bytesOf(blob: Blob | null): Promise<number[]> {
  return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
}

describe("storage-js against the gateway", () => {
  test("a Blob, a File, a Buffer and bytes are stored as they are", async () => {
    const bodies = {
      blob: png(),
      file: new File([PNG], "other name.png", { type: "image/png" }),
      buffer: Buffer.from(PNG),
      bytes: PNG.buffer,
    };
    const bucket = alice.client.storage.from("uploads");
    for (const [name, body] of Object.entries(bodies)) {
      const path = `${alice.id}/kinds/${name}.png`;
      const { data, error } = await bucket.upload(path, body, { contentType: "image/png" });
      expect(error).toBeNull();
      expect(data).toMatchObject({ path, fullPath: `uploads/${path}` });
      const { data: blob } = await bucket.download(path);
      expect(blob?.type).toBe("image/png");
      expect(await bytesOf(blob)).toEqual([...PNG]);
    }
  });

  test("a second upload of a name is refused, an upsert and an update replace", async () => {
    const bucket = alice.client.storage.from("uploads");
    const path = `${alice.id}/again.png`;
    expect((await bucket.upload(path, png())).error).toBeNull();
    const { error } = await bucket.upload(path, png());
    expect(error).toMatchObject({ code: "KeyAlreadyExists" });
    const longer = new Blob([PNG, PNG], { type: "image/png" });
    expect((await bucket.upload(path, longer, { upsert: true })).error).toBeNull();
    expect((await bucket.download(path)).data?.size).toBe(24);
    expect((await bucket.update(path, png())).error).toBeNull();
    expect((await bucket.download(path)).data?.size).toBe(12);
  });

  test("signed URLs open without a token, and only with their signature", async () => {
    const bucket = alice.client.storage.from("uploads");
    const { data } = await bucket.createSignedUrl(`${alice.id}/secret.png`, 60);
    const response = await fetch(data?.signedUrl ?? "");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([...PNG]);
    for (const forged of [
      // The signature's first character: the last one has bits that do not count.
      data?.signedUrl.replace(/\.[^.](?=[^.]*$)/, (first) => (first === ".A" ? ".B" : ".A")),
      data?.signedUrl.replace("secret.png", "kinds/blob.png"),
      data?.signedUrl.replace(/token=.*/, `token=${alice.token}`),
      data?.signedUrl.split("?")[0],
    ]) {
      expect((await fetch(forged ?? "")).ok, forged).toBe(false);
    }
  });

  test("many URLs are signed at once, with an error for each missing file", async () => {
    const paths = [`${alice.id}/secret.png`, `${alice.id}/none.png`];
    const { data } = await alice.client.storage.from("uploads").createSignedUrls(paths, 60);
    expect((await fetch(data?.[0]?.signedUrl ?? "")).status).toBe(200);
    expect(data?.[1]).toMatchObject({ signedUrl: null });
    expect(data?.[1]?.error).toBeTruthy();
  });

  test("a signed URL can ask for a download name", async () => {
    const { data } = await alice.client.storage
      .from("uploads")
      .createSignedUrl(`${alice.id}/secret.png`, 60, { download: "mine.png" });
    const response = await fetch(data?.signedUrl ?? "");
    expect(response.headers.get("content-disposition")).toContain("mine.png");
  });

  test("a signed upload URL takes a Blob from someone without a token", async () => {
    const path = `${alice.id}/signed.png`;
    const { data, error } = await alice.client.storage.from("uploads").createSignedUploadUrl(path);
    expect(error).toBeNull();
    const token = data?.token ?? "";
    const anonymous = stack.anon().storage.from("uploads");
    expect((await anonymous.uploadToSignedUrl(path, token, png())).error).toBeNull();
    const { data: blob } = await alice.client.storage.from("uploads").download(path);
    expect(await bytesOf(blob)).toEqual([...PNG]);
    const elsewhere = `${alice.id}/elsewhere.png`;
    expect((await anonymous.uploadToSignedUrl(elsewhere, token, png())).error).not.toBeNull();
  });

  test("a folder lists its files by their last name, and its folders", async () => {
    const bucket = alice.client.storage.from("uploads");
    await bucket.upload(`${alice.id}/tree/a.png`, png());
    await bucket.upload(`${alice.id}/tree/b/c.png`, png());
    const { data } = await bucket.list(`${alice.id}/tree`);
    expect(data?.map(({ name, id }) => [name, id !== null])).toEqual([
      ["a.png", true],
      ["b", false],
    ]);
    expect(data?.[0]?.metadata).toMatchObject({ size: 12, mimetype: "image/png" });
    const { data: last } = await bucket.list(`${alice.id}/tree`, {
      limit: 1,
      sortBy: { column: "name", order: "desc" },
    });
    expect(last?.map(({ name }) => name)).toEqual(["b"]);
  });

  test("info, exists, copy, move and remove", async () => {
    const bucket = alice.client.storage.from("uploads");
    const at = (name: string) => `${alice.id}/moves/${name}.png`;
    await bucket.upload(at("a b"), png());
    expect((await bucket.info(at("a b"))).error).toBeNull();
    expect((await bucket.exists(at("a b"))).data).toBe(true);
    expect((await bucket.exists(at("none"))).data).toBe(false);
    expect((await bucket.copy(at("a b"), at("copy"))).error).toBeNull();
    expect((await bucket.move(at("copy"), at("moved"))).error).toBeNull();
    expect((await bucket.download(at("copy"))).error).not.toBeNull();
    expect((await bucket.download(at("moved"))).data?.size).toBe(12);
    const { data } = await bucket.remove([at("a b"), at("moved")]);
    expect(data?.map(({ name }) => name).sort()).toEqual([at("a b"), at("moved")].sort());
    expect((await bucket.list(`${alice.id}/moves`)).data).toEqual([]);
  });

  test("the authenticated address answers to its owner's token", async () => {
    const path = `/storage/v1/object/authenticated/results/${alice.id}/${SUBJECT}/result.png`;
    expect((await stack.fetch(path, { as: alice })).status).toBe(200);
    expect((await stack.fetch(path, { as: bob })).ok).toBe(false);
    expect((await stack.fetch(path)).ok).toBe(false);
  });
});

describe("the policies of storage.objects hold", () => {
  const others = () => [bob.client, stack.anon()];

  test("nobody else reads, lists, signs, copies, moves, replaces or removes a file", async () => {
    const path = `${alice.id}/secret.png`;
    for (const client of others()) {
      const bucket = client.storage.from("uploads");
      expect((await bucket.download(path)).error).not.toBeNull();
      expect((await bucket.info(path)).error).not.toBeNull();
      expect((await bucket.list(alice.id)).data ?? []).toEqual([]);
      expect((await bucket.list()).data?.map(({ name }) => name) ?? []).not.toContain(alice.id);
      expect((await bucket.createSignedUrl(path, 60)).error).not.toBeNull();
      expect((await bucket.createSignedUrls([path], 60)).data?.[0]?.signedUrl ?? null).toBeNull();
      expect((await bucket.copy(path, `${bob.id}/stolen.png`)).error).not.toBeNull();
      expect((await bucket.move(path, `${bob.id}/stolen.png`)).error).not.toBeNull();
      expect((await bucket.update(path, png())).error).not.toBeNull();
      expect((await bucket.upload(path, png(), { upsert: true })).error).not.toBeNull();
      expect((await bucket.createSignedUploadUrl(path, { upsert: true })).error).not.toBeNull();
      expect((await bucket.remove([path])).data ?? []).toEqual([]);
    }
    expect((await alice.client.storage.from("uploads").download(path)).data?.size).toBe(12);
  });

  test("nobody writes into another's folder, or outside of any", async () => {
    for (const client of others()) {
      for (const path of [`${alice.id}/x.png`, "x.png", "shared/x.png", `x${bob.id}/x.png`]) {
        const bucket = client.storage.from("uploads");
        expect((await bucket.upload(path, png())).error, path).not.toBeNull();
        expect((await bucket.createSignedUploadUrl(path)).error, path).not.toBeNull();
      }
    }
  });

  test("a user moves and copies nothing into another's folder or into results", async () => {
    const bucket = bob.client.storage.from("uploads");
    await bucket.upload(`${bob.id}/mine.png`, png());
    const target = { destinationBucket: "results" };
    for (const [path, options] of [
      [`${alice.id}/planted.png`, undefined],
      [`${bob.id}/planted.png`, target],
    ] as const) {
      expect((await bucket.move(`${bob.id}/mine.png`, path, options)).error).not.toBeNull();
      expect((await bucket.copy(`${bob.id}/mine.png`, path, options)).error).not.toBeNull();
    }
  });

  test("users read their results and write none", async () => {
    const bucket = alice.client.storage.from("results");
    const path = `${alice.id}/${SUBJECT}/result.png`;
    expect((await bucket.download(path)).data?.size).toBe(12);
    expect((await bucket.upload(`${alice.id}/own.png`, png())).error).not.toBeNull();
    expect((await bucket.update(path, png())).error).not.toBeNull();
    expect((await bucket.remove([path])).data ?? []).toEqual([]);
    expect((await bucket.download(path)).data?.size).toBe(12);
  });

  test("buckets are the service's: no user sees, makes, changes, empties or deletes one", async () => {
    for (const client of others()) {
      expect((await client.storage.listBuckets()).data ?? []).toEqual([]);
      expect((await client.storage.createBucket("mine")).error).not.toBeNull();
      expect((await client.storage.updateBucket("uploads", { public: true })).error).not.toBeNull();
      expect((await client.storage.emptyBucket("uploads")).error).not.toBeNull();
      expect((await client.storage.deleteBucket("uploads")).error).not.toBeNull();
    }
    const { data } = await stack.service().storage.listBuckets();
    expect(data?.map(({ id, public: open }) => [id, open])).toEqual([
      ["uploads", false],
      ["results", false],
    ]);
  });

  test("a bucket's limits on size and type hold, whatever the request claims", async () => {
    const bucket = alice.client.storage.from("uploads");
    const big = new Uint8Array(26_214_401);
    const large = await bucket.upload(
      `${alice.id}/large.png`,
      new Blob([big], { type: "image/png" }),
    );
    expect(large.error).toMatchObject({ code: "EntityTooLarge" });
    const html = new Blob(["<script>"], { type: "text/html" });
    expect((await bucket.upload(`${alice.id}/page.html`, html)).error).toMatchObject({
      code: "InvalidMimeType",
    });
    // Chunked, so without a length.
    const status = await chunked(`/storage/v1/object/uploads/${alice.id}/chunked.png`, big);
    expect(status).toBeGreaterThanOrEqual(400);
    const names = (await bucket.list(alice.id)).data?.map(({ name }) => name);
    expect(names).not.toContain("large.png");
    expect(names).not.toContain("chunked.png");
  });

  function chunked(path: string, body: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = {
        apikey: stack.keys.publishable,
        authorization: `Bearer ${alice.token}`,
        "content-type": "image/png",
        "transfer-encoding": "chunked",
      };
      const sending = request(`${stack.url}${path}`, { method: "POST", headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sending.on("error", reject);
      sending.end(body);
    });
  }
});

describe("hostile paths", () => {
  // As they are: fetch and URL would tidy them first.
  function raw(method: string, path: string, user: User | undefined): Promise<number> {
    const headers = {
      apikey: stack.keys.publishable,
      "content-type": "image/png",
      ...(user && { authorization: `Bearer ${user.token}` }),
    };
    const { hostname, port } = new URL(stack.url);
    return new Promise((resolve, reject) => {
      const sending = request({ hostname, port, method, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sending.on("error", reject);
      sending.end(method === "GET" ? undefined : PNG);
    });
  }

  test("no spelling of a path reaches another's folder", async () => {
    const tail = `${alice.id}/secret.png`;
    const spellings = [
      `${bob.id}/../${tail}`,
      `${bob.id}/%2e%2e/${tail}`,
      `${bob.id}/..%2f${tail}`,
      `${bob.id}%2f..%2f${tail}`,
      `${bob.id}/..%5c${tail}`,
      `${bob.id}/%252e%252e/${tail}`,
      `./${tail}`,
      `/${tail}`,
      `%2f${tail}`,
      `${tail}%00`,
      `${alice.id}%2fsecret.png`,
    ];
    for (const spelling of spellings) {
      for (const area of [
        "object",
        "object/authenticated",
        "object/info",
        "object/info/authenticated",
      ]) {
        const path = `/storage/v1/${area}/uploads/${spelling}`;
        expect(await raw("GET", path, bob), path).toBeGreaterThanOrEqual(400);
        expect(await raw("GET", path, undefined), path).toBeGreaterThanOrEqual(400);
      }
      for (const method of ["POST", "PUT"]) {
        const path = `/storage/v1/object/uploads/${spelling}`;
        expect(await raw(method, path, bob), `${method} ${path}`).toBeGreaterThanOrEqual(400);
      }
    }
    expect(
      await raw("GET", `/storage/v1/object/public/uploads/${tail}`, bob),
    ).toBeGreaterThanOrEqual(400);
    expect(
      await raw("GET", `/storage/v1/object/uploads%2f..%2fuploads/${tail}`, bob),
    ).toBeGreaterThanOrEqual(400);
    expect((await alice.client.storage.from("uploads").download(tail)).data?.size).toBe(12);
  });

  test("a forged token and a token of another secret are refused", async () => {
    const [header, payload] = alice.token.split(".");
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    for (const token of [`${header}.${payload}.AAAA`, `${none}.${payload}.`, "nonsense"]) {
      const headers = { authorization: `Bearer ${token}` };
      const path = `/storage/v1/object/uploads/${alice.id}/secret.png`;
      expect((await stack.fetch(path, { headers })).ok).toBe(false);
      const response = await stack.fetch("/rest/v1/profiles?select=id", { headers });
      expect(response.status).toBe(401);
    }
  });
});
