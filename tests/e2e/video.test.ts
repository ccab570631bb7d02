import { afterAll, beforeAll, expect, test } from "vitest";
import { bootStack, type TestStack, type User } from "../support/stack.ts";
import { until } from "../support/until.ts";

let stack: TestStack;
beforeAll(async () => {
  stack = await bootStack();
  // The local provider fails when it is told to, and no request can tell it: a prompt does here.
  await stack.db.query(`
    create function private.fail_on_demand() returns trigger language plpgsql as $$
    begin
      new.payload := new.payload || '{"simulate": "fail"}';
      return new;
    end $$`);
  await stack.db.query(`
    create trigger fail_on_demand before insert on public.jobs for each row
    when (new.payload ->> 'prompt' like '%FAIL%') execute function private.fail_on_demand()`);
});
afterAll(() => stack?.stop());

const video = (user: User) => user.client.schema("video");

function must<T>({ data, error }: { data: T; error: unknown }): NonNullable<T> {
  if (error) throw error;
  if (data === null || data === undefined) throw new Error("no answer");
  return data;
}

async function credits(user: User): Promise<unknown> {
  const [row] = await stack.db.query(
    `select a.balance, a.held, (select count(*)::int from private.audit_credits(a.user_id)) as findings
     from public.credit_accounts as a where a.user_id = $1`,
    [user.id],
  );
  return row;
}

const fetchAs = (url: string, user: User) =>
  fetch(url, {
    headers: { authorization: `Bearer ${user.token}`, apikey: stack.keys.publishable },
  });

test("a video: quoted, asked for with a brand, delivered to its user alone, judged", async () => {
  const [user, other] = [await stack.signUp(), await stack.signUp()];
  const brand = must(
    await video(user)
      .from("brand_guidelines")
      .insert({ user_id: user.id, brand_name: "Acme", dont_list: ["crowds"] })
      .select("id")
      .single(),
  );
  const request = {
    prompt: "A lighthouse at dawn, waves below, a slow push in",
    model: "veo-fast",
    seconds: 4,
    brand_guidelines_id: brand.id,
  };
  const quote = must(await video(user).rpc("quote_generation", { p_request: request })) as {
    credits: number;
  };
  const { id } = must(
    await video(user)
      .from("generations")
      .insert({ user_id: user.id, ...request })
      .select("id")
      .single(),
  );
  expect(await credits(user)).toEqual({
    balance: 100 - quote.credits,
    held: quote.credits,
    findings: 0,
  });
  const made = await until(
    async () => must(await video(user).from("generations").select().eq("id", id).single()),
    ({ status }) => status !== "generating",
  );
  expect(made).toMatchObject({
    status: "success",
    credits_used: quote.credits,
    error_message: null,
  });
  expect(await credits(user)).toEqual({ balance: 100 - quote.credits, held: 0, findings: 0 });

  for (const url of [made.video_url, made.poster_url]) {
    const answer = await fetchAs(url ?? "", user);
    expect(answer.status).toBe(200);
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(100);
    expect((await fetchAs(url ?? "", other)).status).toBeGreaterThanOrEqual(400);
  }
  const [told] = await stack.db.query<{ prompt: string }>(
    "select payload ->> 'prompt' as prompt from public.jobs where subject_id = $1",
    [id],
  );
  expect(told?.prompt).toBe(`${request.prompt}\nBrand: Acme\nNever: crowds`);

  const judged = must(
    await video(user)
      .from("performance_metrics")
      .insert({ user_id: user.id, generation_id: id })
      .select("predicted_score, brand_compliance, improvements")
      .single(),
  );
  expect(Number(judged.brand_compliance)).toBe(100);
  expect(Number(judged.predicted_score)).toBeGreaterThan(0);
});

test("a storyboard: its shots share a hold, the failed one is retried alone", async () => {
  const user = await stack.signUp();
  const campaign = must(
    await video(user)
      .from("campaigns")
      .insert({ user_id: user.id, name: "Spring" })
      .select("id")
      .single(),
  );
  const storyboard = must(
    await video(user)
      .from("storyboard_sequences")
      .insert({
        user_id: user.id,
        name: "Film",
        campaign_id: campaign.id,
        frames: [
          { description: "A cat wakes", duration: 3 },
          { description: "It must FAIL", duration: 3 },
        ],
      })
      .select("id")
      .single(),
  );
  const shots = must(
    await video(user).rpc("generate_storyboard", {
      p_storyboard_id: storyboard.id,
      p_options: { model: "veo-fast" },
    }),
  );
  expect(shots.map(({ shot, seconds }) => [shot, seconds])).toEqual([
    [1, 4],
    [2, 4],
  ]);
  expect(await credits(user)).toEqual({ balance: 90, held: 10, findings: 0 });
  const look = async () =>
    must(
      await video(user)
        .from("generations")
        .select("id, status, credits_used, error_message")
        .eq("storyboard_id", storyboard.id)
        .order("shot"),
    );
  const ended = await until(look, (all) => all.every(({ status }) => status !== "generating"));
  expect(ended).toMatchObject([
    { status: "success", credits_used: 5 },
    { status: "error", credits_used: 0 },
  ]);
  expect(await credits(user)).toEqual({ balance: 95, held: 0, findings: 0 });

  await stack.db.query("alter table public.jobs disable trigger fail_on_demand");
  const again = await video(user).rpc("retry_generation", { p_id: ended[1]?.id ?? "" });
  expect(again.error).toBeNull();
  const all = await until(look, (seen) => seen.every(({ status }) => status === "success"));
  await stack.db.query("alter table public.jobs enable trigger fail_on_demand");
  expect(all).toHaveLength(2);
  expect(await credits(user)).toEqual({ balance: 90, held: 0, findings: 0 });
  const counted = must(
    await video(user).from("campaigns").select("completed_videos").eq("id", campaign.id).single(),
  );
  expect(counted.completed_videos).toBe(2);
});

test("a tool chain: each step feeds the next, the first that fails ends it", async () => {
  const user = await stack.signUp();
  const chain = must(
    await video(user)
      .from("tool_preset_chains")
      .insert({
        user_id: user.id,
        name: "Two scenes",
        tools: [
          { tool: "generate_video", settings: { model: "veo-fast", seconds: 4 } },
          { tool: "generate_video", settings: { prompt: "{prompt} goes on", model: "veo-fast" } },
        ],
      })
      .select("id")
      .single(),
  );
  const run = async (prompt: string) => {
    const begun = must(
      await video(user).rpc("run_tool_chain", { p_chain_id: chain.id, p_input: { prompt } }),
    ) as { id: string };
    const look = async () =>
      must(
        await video(user)
          .from("tool_chain_runs")
          .select("status, credits, credits_used, error_message")
          .eq("id", begun.id)
          .single(),
      );
    return await until(look, ({ status }) => status !== "running");
  };
  expect(await run("a cat")).toEqual({
    status: "success",
    credits: 15,
    credits_used: 15,
    error_message: null,
  });
  const made = must(
    await video(user)
      .from("generations")
      .select("prompt, mode, status, credits_used, poster_url")
      .order("completed_at"),
  );
  expect(made).toMatchObject([
    { prompt: "a cat", mode: "text-to-video", status: "success", credits_used: 5 },
    { prompt: "a cat goes on", mode: "image-to-video", status: "success", credits_used: 10 },
  ]);
  for (const { poster_url } of made) {
    expect((await fetchAs(poster_url ?? "", user)).status).toBe(200);
  }

  const stopped = await run("FAIL");
  expect(stopped).toMatchObject({ status: "error", credits_used: 0 });
  expect(stopped.error_message).toMatch(/^Step 1 \(generate_video\): /);
  expect(await credits(user)).toEqual({ balance: 85, held: 0, findings: 0 });
});
