import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Json } from "../../supabase/database.types.ts";
import { bootStack, type TestStack, type User } from "../support/stack.ts";
import { until } from "../support/until.ts";

const PICTURE = readFileSync(
  fileURLToPath(new URL("../../scripts/demo/picture.png", import.meta.url)),
);

let stack: TestStack;
beforeAll(async () => {
  stack = await bootStack();
});
afterAll(() => stack?.stop());

// A user with a picture who asks for a pipeline on it.
async function ask(steps: NonNullable<Json>): Promise<{ user: User; imageId: string; id: string }> {
  const user = await stack.signUp();
  const path = `${user.id}/picture.png`;
  await user.client.storage.from("uploads").upload(path, PICTURE, { contentType: "image/png" });
  const editor = user.client.schema("editor");
  const image = await editor
    .from("images")
    .insert({ original_filename: "picture.png", original_url: path })
    .select("id")
    .single();
  const imageId = image.data?.id ?? "";
  const asked = await editor
    .from("image_pipelines")
    .insert({ image_id: imageId, steps })
    .select("id")
    .single();
  expect(asked.error).toBeNull();
  return { user, imageId, id: asked.data?.id ?? "" };
}

async function steps(user: User, id: string) {
  const { data, error } = await user.client
    .schema("editor")
    .from("image_operations")
    .select("step, status, credits_used, output_data")
    .eq("pipeline_id", id)
    .order("step");
  if (error) throw error;
  return data;
}

async function money(user: User): Promise<unknown> {
  const [row] = await stack.db.query(
    `select a.balance, a.held, (select count(*)::int from private.audit_credits(a.user_id)) as findings
     from public.credit_accounts as a where a.user_id = $1`,
    [user.id],
  );
  return row;
}

const filesOf = (user: User) =>
  stack.db.query<{ name: string }>(
    "select bucket_id || '/' || name as name from storage.objects where name like $1",
    [`${user.id}/%`],
  );

const THREE = [
  { operation_type: "upscale", input_data: { factor: 2 } },
  { operation_type: "background_removal", input_data: { simulate: "fail" } },
  { operation_type: "vectorize" },
];

test("a step that fails ends it: what is done stays and is paid, the rest comes back", async () => {
  const { user, imageId, id } = await ask(THREE);
  const seen = await until(
    () => steps(user, id),
    (rows) => rows.every(({ status }) => status === "completed" || status === "failed"),
  );
  expect(seen.map(({ status, credits_used }) => [status, credits_used])).toEqual([
    ["completed", 1],
    ["failed", 0],
    ["failed", 0],
  ]);
  expect(await money(user)).toEqual({ balance: 99, held: 0, findings: 0 });
  const download = await user.client
    .schema("editor")
    .rpc("download_image", { p_image_id: imageId, p_kind: "processed" });
  const { bucket, path } = download.data as { bucket: string; path: string };
  const file = await user.client.storage.from(bucket).download(path);
  expect(file.data?.size).toBeGreaterThan(0);
});

test.each(["image", "pipeline", "account"])(
  "the %s deleted while the second step runs: it is not charged, and no file stays behind",
  async (what) => {
    const [first, , last] = THREE;
    const slow = { operation_type: "background_removal", input_data: { simulate: "slow" } };
    const { user, imageId, id } = await ask([first, slow, last] as NonNullable<Json>);
    await until(
      () => steps(user, id),
      (rows) => rows[1]?.status === "processing",
    );
    const editor = user.client.schema("editor");
    const gone =
      what === "image"
        ? await editor.from("images").delete().eq("id", imageId)
        : what === "pipeline"
          ? await editor.from("image_pipelines").delete().eq("id", id)
          : await user.client.rpc("delete_my_account");
    expect(gone.error).toBeNull();
    expect(await money(user)).toEqual({ balance: 99, held: 0, findings: 0 });
    // The upload belongs to the image, which outlives its pipeline.
    const kept = what === "pipeline" ? [{ name: `uploads/${user.id}/picture.png` }] : [];
    await until(
      () => filesOf(user),
      (files) => files.length === kept.length,
    );
    expect(await filesOf(user)).toEqual(kept);
    if (what === "pipeline") {
      const { data } = await editor.from("images").select("processing_status").single();
      expect(data).toEqual({ processing_status: "completed" });
    }
  },
);

test("a page under the name of a picture is no picture, signed URL or not", async () => {
  const user = await stack.signUp();
  const path = `${user.id}/page.png`;
  const uploads = user.client.storage.from("uploads");
  const page = new Blob(["<script>alert(1)</script>"], { type: "text/html" });
  expect((await uploads.upload(path, page, { contentType: "text/html" })).error).not.toBeNull();
  const signed = await uploads.createSignedUploadUrl(path);
  const sent = await uploads.uploadToSignedUrl(path, signed.data?.token ?? "", page, {
    contentType: "text/html",
  });
  expect(sent.error).not.toBeNull();
  expect((await uploads.createSignedUploadUrl(`${user.id}/page.html`)).error).not.toBeNull();
  expect(await filesOf(user)).toEqual([]);
  // Lied about: the gate believes storage, and the worker the bytes.
  const bytes = Buffer.from(await page.arrayBuffer());
  expect((await uploads.upload(path, bytes, { contentType: "image/png" })).error).toBeNull();
  const editor = user.client.schema("editor");
  const image = await editor
    .from("images")
    .insert({ original_filename: "page.png", original_url: path })
    .select("id")
    .single();
  const asked = await editor
    .from("image_operations")
    .insert({ image_id: image.data?.id ?? "", operation_type: "vectorize" })
    .select("id")
    .single();
  const ended = await until(
    async () =>
      (
        await editor
          .from("image_operations")
          .select("status, error_message")
          .eq("id", asked.data?.id ?? "")
          .single()
      ).data,
    (seen) => seen?.status === "failed" || seen?.status === "completed",
  );
  expect(ended?.status).toBe("failed");
  expect(await money(user)).toEqual({ balance: 100, held: 0, findings: 0 });
});
