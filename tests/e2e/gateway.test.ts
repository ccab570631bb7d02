import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startGateway } from "../../scripts/local/gateway.ts";
import { bootStack, type TestStack, type User, untyped } from "../support/stack.ts";

let stack: TestStack;
let user: User;

beforeAll(async () => {
  stack = await bootStack({ functions: false });
  await stack.db.exec(`
    create table public.things (id int primary key, n int not null check (n > 0));
    create view public.sums with (security_invoker = true) as
      select t.id, t.n, t.n + 1 as next from public.things as t;
    create view public.counts with (security_invoker = true) as
      select count(*) as n from public.things as t;
    alter table public.things enable row level security;
    create policy "anyone" on public.things for all to authenticated using (true) with check (true);
    grant all on public.things, public.sums, public.counts to authenticated;

    create function public.refuse(p_code text) returns void language plpgsql as $$
    begin
      raise exception using errcode = p_code, message = 'the_word', detail = 'numbers', hint = 'do it';
    end;
    $$;
    create function public.slow_whoami(p_ms int) returns text language plpgsql as $$
    declare v_sum bigint := 0;
    begin
      for i in 1..p_ms * 2000 loop v_sum := v_sum + i; end loop;
      return current_setting('role') || ' ' || (current_setting('request.jwt.claims')::jsonb ->> 'sub');
    end;
    $$;
    create function public.role() returns text language sql stable as $$
      select current_user::text;
    $$;
    create function public.ring(p_url text) returns bigint language sql security definer as $$
      select net.http_post(url := p_url, body := jsonb_build_object('at', clock_timestamp()));
    $$;
    grant execute on function public.role to anon, service_role;
    grant execute on function public.refuse, public.slow_whoami, public.ring to authenticated;
  `);
  await stack.db.connection.clearSchemaCache();
  user = await stack.signUp();
});

afterAll(() => stack?.stop());

describe("statuses of database errors", () => {
  const cases: [string, number][] = [
    ["PT402", 402],
    ["PT409", 409],
    ["0A000", 400],
    ["55000", 400],
    ["P0001", 400],
    ["23514", 400],
    ["22023", 400],
    ["42501", 403],
    ["28000", 403],
    ["40001", 500],
    ["57014", 500],
    ["53300", 503],
  ];
  test.each(cases)("%s answers %i with its own code", async (code, status) => {
    const answer = await untyped(user.client).rpc("refuse", { p_code: code });
    expect(answer.status).toBe(status);
    expect(answer.error).toMatchObject({
      code,
      message: "the_word",
      details: "numbers",
      hint: "do it",
    });
  });

  test("a view's computed column and a view without writes are the request's fault", async () => {
    await untyped(user.client).from("things").insert({ id: 1, n: 1 });
    const computed = await untyped(user.client).from("sums").update({ next: 3 }).eq("id", 1);
    expect(computed).toMatchObject({ status: 400, error: { code: "0A000" } });
    const unwritable = await untyped(user.client).from("counts").insert({ n: 3 });
    expect(unwritable).toMatchObject({ status: 400, error: { code: "55000" } });
    const checked = await untyped(user.client).from("things").insert({ id: 2, n: 0 });
    expect(checked).toMatchObject({ status: 400, error: { code: "23514" } });
  });
});

describe("one connection, many callers", () => {
  // Over HTTP they seldom meet: PGlite answers within the turn of the event loop that asked.
  test("requests of one moment keep their own roles", async () => {
    const ask = async (key: string) => {
      const answer = await stack.lite(
        new Request(`${stack.url}/rest/v1/rpc/role`, { headers: { apikey: key } }),
      );
      return answer.json();
    };
    const { publishable, secret } = stack.keys;
    const keys = [publishable, secret, publishable, secret, secret, publishable];
    const roles = await Promise.all(keys.map(ask));
    const expected = keys.map((key) => (key === secret ? "service_role" : "anon"));
    expect(roles).toEqual(expected);
  });

  test("requests at once never share a transaction, a role or a token", async () => {
    const users = await Promise.all([1, 2, 3, 4].map(() => stack.signUp()));
    const calls = Array.from({ length: 40 }, (_, index) => {
      const one = users[index % users.length];
      return (
        one &&
        untyped(one.client)
          .rpc("slow_whoami", { p_ms: index % 5 })
          .then(({ data }) => {
            expect(data).toBe(`authenticated ${one.id}`);
          })
      );
    });
    const writes = Array.from({ length: 40 }, (_, index) =>
      // Every other one fails, and must take only itself with it.
      untyped(user.client)
        .from("things")
        .insert({ id: 100 + index, n: index % 2 }),
    );
    const statements = Array.from({ length: 20 }, async () => {
      const [row] = await stack.db.query<{ role: string }>("select current_user as role");
      expect(row?.role).toBe("postgres");
    });
    await Promise.all([...calls, ...writes, ...statements]);
    const { data } = await untyped(user.client).from("things").select("id").gte("id", 100);
    expect(data).toHaveLength(20);
  });
});

describe("rights", () => {
  test("lite grants nothing on its first requests", async () => {
    const before = await acls();
    await untyped(stack.anon()).from("things").select();
    await user.client.from("profiles").select();
    expect(await acls()).toBe(before);
    const [row] = await stack.db.query<{ granted: boolean }>(
      "select has_table_privilege('authenticated', 'private.settings', 'select') as granted",
    );
    expect(row?.granted).toBe(false);
  });

  test("schemas that are not exposed do not answer", async () => {
    for (const schema of ["private", "auth", "storage", "cron", "net", "pg_catalog"]) {
      for (const path of ["settings", "users", "objects", "job", "pg_class", "rpc/set_setting"]) {
        const response = await stack.fetch(`/rest/v1/${path}`, {
          as: user,
          headers: { "accept-profile": schema },
        });
        expect(response.ok, `${schema}.${path}`).toBe(false);
      }
    }
  });

  test("only the four areas are served", async () => {
    for (const path of [
      "/_system/config",
      "/_system/introspect",
      "/",
      "/rest/v1/../../_system/info",
    ]) {
      expect((await stack.fetch(path, { as: "service" })).status, path).toBe(404);
    }
    expect((await fetch(`${stack.url}/health`)).status).toBe(200);
  });

  test("a request needs a key, and the secret key is more than the publishable one", async () => {
    expect((await fetch(`${stack.url}/rest/v1/profiles`)).status).toBe(401);
    const wrong = { headers: { apikey: "sb_secret_wrong" } };
    expect((await fetch(`${stack.url}/rest/v1/profiles`, wrong)).status).toBe(401);
    const { data } = await stack.service().from("profiles").select("id");
    expect(data?.length).toBeGreaterThan(0);
    expect((await stack.anon().from("profiles").select("id")).data ?? []).toEqual([]);
  });

  async function acls(): Promise<string> {
    const rows = await stack.db.query<{ acl: string }>(
      "select oid || ' ' || coalesce(relacl::text, '') as acl from pg_class order by oid",
    );
    return rows.map((row) => row.acl).join("\n");
  }
});

describe("browsers", () => {
  test.each(["/rest/v1/things", "/auth/v1/signup", "/storage/v1/object/uploads/x"])(
    "%s answers a preflight and names its origin",
    async (path) => {
      const preflight = await fetch(`${stack.url}${path}`, {
        method: "OPTIONS",
        headers: {
          origin: "http://localhost:3000",
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,apikey,x-upsert",
        },
      });
      expect(preflight.status).toBe(204);
      expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
      expect(preflight.headers.get("access-control-allow-headers")).toContain("x-upsert");
      const refused = await fetch(`${stack.url}${path}`, { method: "POST", body: "{}" });
      expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    },
  );

  test("are told while the stack starts", async () => {
    const gateway = await startGateway(0);
    for (const [method, status] of [
      ["OPTIONS", 204],
      ["GET", 503],
    ] as const) {
      const answer = await fetch(`${gateway.url}/rest/v1/things`, { method });
      expect(answer.status).toBe(status);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    }
    await gateway.close();
  });

  test("a body over the limit is refused before anything reads it", async () => {
    const response = await stack.fetch("/rest/v1/things", {
      method: "POST",
      as: user,
      headers: { "content-type": "application/json" },
      body: "x".repeat(17 * 2 ** 20),
    });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "body_too_large" });
  });
});

describe("the queue of net.http_post and the schedule of cron.job", () => {
  test("a committed request is sent, once, and its answer is kept", async () => {
    const { createServer } = await import("node:http");
    const seen: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        seen.push(body);
        response.writeHead(202, { "content-type": "text/plain" }).end("noted");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    let id = 0;
    for (let index = 0; index < 20; index += 1) {
      const { data } = await untyped(user.client).rpc("ring", {
        p_url: `http://127.0.0.1:${port}/`,
      });
      id = data;
      await expect.poll(() => seen.length, { interval: 1 }).toBe(index + 1);
    }
    await expect
      .poll(() =>
        stack.db.query("select status_code, content from net._http_response where id = $1", [id]),
      )
      .toEqual([{ status_code: 202, content: "noted" }]);
    expect(seen).toHaveLength(20);
    server.close();
  });

  test("a job of seconds runs, its failures are told, and it does not run twice at once", async () => {
    await stack.db.exec(`
      create table public.ticks (at timestamptz default clock_timestamp());
      select cron.schedule('tick', '1 second', 'insert into public.ticks default values');
      select cron.schedule('broken', '1 second', 'select 1/0');
    `);
    await expect
      .poll(async () => (await stack.db.query("select from public.ticks")).length, {
        timeout: 15_000,
      })
      .toBeGreaterThanOrEqual(2);
    const details = () =>
      stack.db.query<{ jobname: string; status: string; return_message: string }>(`
        select distinct j.jobname, d.status, d.return_message
        from cron.job_run_details as d join cron.job as j using (jobid)
        where j.jobname in ('tick', 'broken') order by 1
      `);
    await expect.poll(details, { timeout: 15_000 }).toEqual([
      { jobname: "broken", status: "failed", return_message: "division by zero" },
      { jobname: "tick", status: "succeeded", return_message: expect.any(String) },
    ]);
    await stack.db.exec("select cron.unschedule('tick'); select cron.unschedule('broken')");
  });
});
