import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PNG_BASE64, vendorServer } from "../functions/providers/fakes/vendor.ts";
import { ask, ended, money, operation, PICTURE } from "../support/editor_work.ts";
import { bootStack, type TestStack, type User, untyped } from "../support/stack.ts";
import { until } from "../support/until.ts";

interface StoredFile {
  kind: string;
  path: string;
  content_type: string;
}

async function download(user: User, { path }: StoredFile): Promise<Uint8Array> {
  const { data, error } = await user.client.storage.from("results").download(path);
  if (error) throw error;
  return new Uint8Array(await data.arrayBuffer());
}

describe("without any key", () => {
  let stack: TestStack;
  beforeAll(async () => {
    stack = await bootStack();
  });
  afterAll(() => stack?.stop());

  const files = async (user: User, subject: string): Promise<StoredFile[]> => {
    const look = async () => {
      const { data } = await user.client
        .from("jobs")
        .select("status, error, result")
        .eq("subject_id", subject)
        .single();
      return data;
    };
    const job = await until(look, (seen) => !!seen && !/queued|processing/.test(seen.status));
    expect(job).toMatchObject({ status: "completed", error: null });
    const result: unknown = job?.result;
    const { files: made } = result as { files: StoredFile[] };
    return made;
  };

  test("a video is a clip that plays, with its poster", async () => {
    const user = await stack.signUp();
    const { data, error } = await user.client
      .schema("video")
      .from("generations")
      .insert({ user_id: user.id, prompt: "A fox in the snow", model: "veo-fast" })
      .select("id")
      .single();
    expect(error).toBeNull();
    const made = await files(user, data?.id ?? "");
    expect(made.map(({ kind, content_type }) => `${kind} ${content_type}`)).toEqual([
      "video video/webm",
      "poster image/webp",
      "preview image/webp",
      "thumbnail image/webp",
    ]);
    const [video, poster] = made as [StoredFile, StoredFile];
    // What a player looks at first.
    expect((await download(user, video)).subarray(0, 4)).toEqual(
      Uint8Array.of(0x1a, 0x45, 0xdf, 0xa3),
    );
    expect(Buffer.from(await download(user, poster)).toString("latin1", 8, 15)).toBe("WEBPVP8");
    expect(await money(stack, user)).toMatchObject({ held: 0, charges: 1, findings: 0 });
  });

  test("a room is staged", async () => {
    const user = await stack.signUp();
    const path = `${user.id}/room.png`;
    await user.client.storage.from("uploads").upload(path, PICTURE, { contentType: "image/png" });
    const staging = user.client.schema("staging");
    const project = await staging
      .from("projects")
      .insert({ user_id: user.id, name: "A house" })
      .select("id")
      .single();
    // Its user is the project's: the column is not theirs to write.
    const { data, error } = await untyped(user.client)
      .schema("staging")
      .from("images")
      .insert({
        project_id: project.data?.id ?? "",
        original_url: path,
        room_type: "living_room",
        style: "scandinavian",
      })
      .select("id")
      .single();
    expect(error).toBeNull();
    const [staged] = await files(user, data?.id ?? "");
    expect(staged).toMatchObject({ kind: "processed", content_type: "image/jpeg" });
  });
});

describe("with the key of a vendor", () => {
  const vendor = vendorServer();
  let stack: TestStack;
  beforeAll(async () => {
    stack = await bootStack({ dotEnv: { GEMINI_API_KEY: "a-key", GEMINI_BASE_URL: vendor.url } });
    await stack.db.query(
      "update public.providers set cool_down = '1 second', max_cool_down = '2 seconds', fault_limit = 2",
    );
  });
  afterAll(() => stack?.stop());

  const generate = () => ask(stack, { prompt: "a fox", width: 64, height: 64 }, "generate");
  const done = {
    json: {
      candidates: [
        { content: { parts: [{ inlineData: { mimeType: "image/png", data: PNG_BASE64 } }] } },
      ],
    },
  };

  test("the vendor does it, and what it cost is written down", async () => {
    vendor.answers(done);
    const { user, id } = await generate();
    const seen = await until(() => operation(user, id), ended);
    expect(seen).toMatchObject({ status: "completed", credits_used: 3 });
    const [row] = await stack.db.query(
      `select o.api_provider, o.api_cost::float, l.model, l.status_code, l.cost::float
       from editor.image_operations as o
       join public.jobs as j on j.subject_id = o.id
       join public.api_usage_logs as l on l.job_id = j.id
       where o.id = $1`,
      [id],
    );
    expect(row).toEqual({
      api_provider: "gemini",
      api_cost: 0.039,
      model: "gemini-2.5-flash-image",
      status_code: 200,
      cost: 0.039,
    });
  });

  test("while it is down jobs wait and nobody is charged; then the backlog is done", async () => {
    vendor.answers({ status: 503, json: { error: { code: 503, message: "down" } } });
    const asked = [];
    for (let i = 0; i < 4; i++) asked.push(await generate());
    const rests = async () =>
      (await stack.db.query("select 1 from public.provider_circuits where openings > 0")).length;
    await until(rests, (open) => open === 1);
    for (const { user, id } of asked) {
      expect(ended(await operation(user, id))).toBe(false);
      expect(await money(stack, user)).toEqual({ balance: 97, held: 3, charges: 0, findings: 0 });
    }

    vendor.answers(done);
    for (const { user, id } of asked) {
      const seen = await until(() => operation(user, id), ended);
      expect(seen).toMatchObject({ status: "completed" });
      expect(await money(stack, user)).toEqual({ balance: 97, held: 0, charges: 1, findings: 0 });
    }
    // No local picture was passed off as the vendor's.
    const [local] = await stack.db.query(
      "select count(*)::int as n from public.api_usage_logs where api_provider <> 'gemini'",
    );
    expect(local).toEqual({ n: 0 });
  });

  test("a refusal is told in words, and the credits come back", async () => {
    vendor.answers({ json: { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } } });
    const { user, id } = await generate();
    const seen = await until(() => operation(user, id), ended);
    expect(seen).toMatchObject({ status: "failed" });
    expect(seen.error_message).toContain("rules do not allow");
    expect(await money(stack, user)).toEqual({ balance: 100, held: 0, charges: 0, findings: 0 });
  });
});
