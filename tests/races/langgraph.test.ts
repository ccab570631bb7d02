import { PostgresSaver } from "@langchain/langgraph-checkpoint-postgres";
import { deltaChannelHistoryTests, validate } from "@langchain/langgraph-checkpoint-validation";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import { asUser, createUser, type FreshDatabase, freshDatabase } from "../support/database.ts";
import { ask, named, untilWaiting } from "./support/sessions.ts";

/**
 * LangGraph's own Postgres checkpointer against schema `social`, connected as the
 * role `langgraph`: its published validation suite, and what is ours around it
 * (whose a thread is, pruning, the end of a conversation).
 */
type Saver = PostgresSaver;
type Put = Parameters<Saver["put"]>;
type Config = Put[0];
type Checkpoint = Put[1];

let database: FreshDatabase;
let user: string;
/** As `langgraph`, as a server with its password connects. */
let url: string;
const savers: Saver[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  user = await createUser(database);
  const { password } = new URL(database.url);
  // What docs/deploy.md tells the installation to do, as `postgres`.
  await database.query(
    `alter role langgraph login password ${pg.escapeLiteral(decodeURIComponent(password))}`,
  );
  const langgraph = new URL(database.url);
  langgraph.username = "langgraph";
  url = langgraph.href;
});
afterAll(async () => {
  await Promise.allSettled(savers.map((saver) => saver.end()));
  await database?.query("alter role langgraph nologin password null");
  await database?.close();
});

/** The front end inserts the conversation, with its user's token; then the server may write. */
async function openThread(threadId: string): Promise<void> {
  await database.query(
    `insert into social.ai_studio_conversation_metadata (thread_id, user_id) values ($1, $2)
     on conflict (thread_id) do nothing`,
    [threadId, user],
  );
}

/** The suite makes its threads up: each is opened when it is first written to. */
class OpeningSaver extends PostgresSaver {
  override async put(...args: Put): ReturnType<Saver["put"]> {
    await openThread(String(args[0].configurable?.thread_id));
    return super.put(...args);
  }
  override async putWrites(...args: Parameters<Saver["putWrites"]>): Promise<void> {
    await openThread(String(args[0].configurable?.thread_id));
    return super.putWrites(...args);
  }
}

function connect<S extends Saver>(
  Class: new (...args: ConstructorParameters<typeof PostgresSaver>) => S,
): S {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  pool.on("error", () => {});
  const saver = new Class(pool, undefined, { schema: "social" });
  savers.push(saver);
  return saver;
}

const initializer = {
  checkpointerName: "PostgresSaver as langgraph on schema social",
  createCheckpointer: () => connect(OpeningSaver),
  // It counts what it lists of all threads; states go with their conversations.
  destroyCheckpointer: async (saver: Saver) => {
    await saver.end();
    await database.query("delete from social.ai_studio_conversation_metadata");
  },
};
// It expects vitest's functions to be global.
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it });
validate(initializer);
deltaChannelHistoryTests(initializer);

const meta = { source: "loop" as const, step: 0, parents: {} };

function checkpointOf(step: number, values: Record<string, unknown>): Checkpoint {
  return {
    v: 4,
    id: `1ef00000-0000-6000-8000-${String(step).padStart(12, "0")}`,
    ts: "2026-11-20T00:00:00.000Z",
    channel_values: values,
    channel_versions: { messages: step, settings: 1 },
    versions_seen: {},
  };
}

/** Steps of a conversation: one channel changes each time, the other never again. */
async function run(saver: Saver, threadId: string, steps: number): Promise<Config[]> {
  const configs: Config[] = [];
  let config: Config = { configurable: { thread_id: threadId, checkpoint_ns: "" } };
  for (let step = 1; step <= steps; step++) {
    const values = { messages: [`message ${step}`], settings: { tone: "friendly" } };
    const versions = { messages: step, ...(step === 1 && { settings: 1 }) };
    config = await saver.put(config, checkpointOf(step, values), { ...meta, step }, versions);
    await saver.putWrites(config, [["messages", `reply ${step}`]], `task ${step}`);
    configs.push(config);
  }
  return configs;
}

async function listed(saver: Saver, threadId: string): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const tuple of saver.list({ configurable: { thread_id: threadId } })) {
    found.push(tuple.checkpoint.channel_values);
  }
  return found;
}

describe("around the checkpointer", () => {
  test("setup() has nothing to do for the owner, and langgraph may not call it", async () => {
    const shape = `
      select c.relname, c.relacl::text, array_agg(a.attname::text order by a.attnum)::text as columns
      from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
      where c.relnamespace = 'social'::regnamespace
      group by c.oid, c.relname, c.relacl order by 1`;
    const before = await database.query(shape);
    const versions = "select array_agg(v order by v) as v from social.checkpoint_migrations";
    const [migrations] = await database.query(versions);
    const owner = PostgresSaver.fromConnString(database.url, { schema: "social" });
    savers.push(owner);
    await owner.setup();
    expect(await database.query(shape)).toEqual(before);
    expect((await database.query(versions))[0]).toEqual(migrations);
    await expect(connect(PostgresSaver).setup()).rejects.toMatchObject({ code: "42501" });
  });

  test("a thread that nobody opened is refused", async () => {
    const saver = connect(PostgresSaver);
    const config = { configurable: { thread_id: "nobody's", checkpoint_ns: "" } };
    const refusal = { code: "PT404", message: "thread_unknown" };
    await expect(saver.put(config, checkpointOf(1, {}), meta, {})).rejects.toMatchObject(refusal);
    await expect(
      saver.putWrites(
        { configurable: { ...config.configurable, checkpoint_id: "x" } },
        [["messages", 1]],
        "task",
      ),
    ).rejects.toMatchObject(refusal);
  });

  test("put, get, list and putWrites, and the rows are the thread's user's", async () => {
    const saver = connect(PostgresSaver);
    await openThread("kept");
    const configs = await run(saver, "kept", 3);
    const tuple = await saver.getTuple({ configurable: { thread_id: "kept" } });
    expect(tuple?.checkpoint.channel_values).toEqual({
      messages: ["message 3"],
      settings: { tone: "friendly" },
    });
    expect(tuple?.pendingWrites).toEqual([["task 3", "messages", "reply 3"]]);
    expect(tuple?.parentConfig).toMatchObject({
      configurable: { checkpoint_id: configs[1]?.configurable?.checkpoint_id },
    });
    expect(await listed(saver, "kept")).toHaveLength(3);

    // Its user reads the rows, another one none; neither writes any.
    const other = await createUser(database);
    const [mine, theirs] = await Promise.all([database.connect(), database.connect()]);
    await asUser(mine, user);
    await asUser(theirs, other);
    const rows = "select count(*)::integer as n from social.checkpoints where thread_id = 'kept'";
    expect(await ask(mine, rows)).toEqual({ row: { n: 3 } });
    expect(await ask(theirs, rows)).toEqual({ row: { n: 0 } });
    const answer = await ask(mine, "delete from social.checkpoints");
    expect(answer.refusal?.code).toBe("42501");
  });

  test("pruning keeps the newest states whole", async () => {
    const saver = connect(PostgresSaver);
    await openThread("long");
    await run(saver, "long", 10);
    const whole = await listed(saver, "long");
    const session = await database.connect();
    await asUser(session, user);
    const answer = await ask(session, "select social.prune_checkpoints('long', 3) as gone");
    // One write more stays: the sends of the oldest kept one's parent.
    expect(answer.row).toEqual({ gone: { checkpoints: 7, blobs: 7, writes: 6 } });
    expect(await listed(saver, "long")).toEqual(whole.slice(0, 3));
    // And the conversation goes on.
    const last = await saver.getTuple({ configurable: { thread_id: "long" } });
    const next = checkpointOf(11, { messages: ["message 11"], settings: { tone: "friendly" } });
    await saver.put(last?.config ?? {}, next, meta, { messages: 11 });
    expect((await listed(saver, "long"))[0]).toEqual(next.channel_values);
  });

  test("pruning while states are written loses none of the newest", async () => {
    const saver = connect(PostgresSaver);
    await openThread("busy");
    const session = await database.connect();
    await asUser(session, user);
    let running = true;
    const pruning = (async () => {
      let times = 0;
      while (running) {
        const answer = await ask(session, "select social.prune_checkpoints('busy', 1)");
        expect(named(answer.refusal)).toBe("done");
        times += 1;
      }
      return times;
    })();
    await run(saver, "busy", 60);
    running = false;
    expect(await pruning).toBeGreaterThan(0);
    expect((await saver.get({ configurable: { thread_id: "busy" } }))?.channel_values).toEqual({
      messages: ["message 60"],
      settings: { tone: "friendly" },
    });
  });

  test("pruning waits for a state that is being written, and keeps the blob that it found", async () => {
    await openThread("forked");
    await run(connect(PostgresSaver), "forked", 2);
    // A blob of a branch that was pruned before; the writer finds it and does not write it again.
    const blob = `
      insert into social.checkpoint_blobs (thread_id, channel, version, type, blob)
      values ('forked', 'messages', '9', 'json', '[]') on conflict do nothing`;
    await database.query(blob);
    const [writer, session] = await Promise.all([database.connect(), database.connect()]);
    await asUser(session, user);
    await writer.query("begin");
    await writer.query(blob);
    const pruned = ask(session, "select social.prune_checkpoints('forked', 1) as gone");
    await Promise.race([untilWaiting(database, 1), pruned]);
    await writer.query(`
      insert into social.checkpoints (thread_id, checkpoint_id, checkpoint)
      values ('forked', '9', '{"v": 4, "channel_versions": {"messages": 9}}')`);
    await writer.query("commit");
    expect((await pruned).row).toEqual({ gone: { checkpoints: 2, blobs: 3, writes: 2 } });
    const left = "select version from social.checkpoint_blobs where thread_id = 'forked'";
    expect(await database.query(left)).toEqual([{ version: "9" }]);
  });

  test("no state outlives its conversation, however late it is written", async () => {
    const saver = connect(PostgresSaver);
    const session = await database.connect();
    await asUser(session, user);
    for (let round = 0; round < 15; round++) {
      const threadId = `ends ${round}`;
      await openThread(threadId);
      const writing = run(saver, threadId, 20).then(
        () => undefined,
        (error: unknown) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, round * 3));
      await session.query(
        "delete from social.ai_studio_conversation_metadata where thread_id = $1",
        [threadId],
      );
      const error = await writing;
      if (error) expect(error).toMatchObject({ code: "PT404", message: "thread_unknown" });
    }
    const left = await database.query(`
      select thread_id from social.checkpoints where thread_id like 'ends %'
      union all select thread_id from social.checkpoint_blobs where thread_id like 'ends %'
      union all select thread_id from social.checkpoint_writes where thread_id like 'ends %'`);
    expect(left).toEqual([]);
  });
});
