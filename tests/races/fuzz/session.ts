import pg from "pg";
import type { ApiRole, FreshDatabase } from "../../support/database.ts";
import type { Query } from "../../support/fuzz/catalogue.ts";
import { listTables } from "../../support/fuzz/fixture.ts";
import type { Told } from "../../support/fuzz/verdict.ts";
import { ALWAYS, findings } from "../support/invariants.ts";
import { differences, MONEY, type Seen, snapshotSql } from "./watch.ts";

/** Admins and the service may change what is others'; a user nothing but their own. */
export type Actor = { role: ApiRole; sub: string | null; trusted: boolean };
export type Attempt = { label: () => string; sql: string };
/** `broken` names what an accepted attempt changed that it must not. */
export type Answer = { attempt: Attempt; rows: unknown[]; told?: Told; broken: string[] };

// Noted for the address and the agent of the request; what they say is as hostile as the rest.
const HEADERS = JSON.stringify({
  "x-forwarded-for": "'; drop table public.profiles; --",
  "user-agent": `<script>${"x".repeat(5000)}`,
});

/** One connection that asks as anybody, always in a transaction that is rolled back. */
export class FuzzSession {
  private constructor(
    private readonly client: pg.Client,
    private readonly snapshots: { user: string; trusted: string },
  ) {}

  static async open(database: FreshDatabase): Promise<FuzzSession> {
    const client = await database.connect();
    await client.query("set statement_timeout = '20s'; set search_path = public, extensions");
    const tables = await listTables(queryOf(client));
    return new FuzzSession(client, {
      user: snapshotSql(tables, false),
      trusted: snapshotSql(tables, true),
    });
  }

  /** A statement of the owner, or of the actor while one is tried. */
  readonly query: Query = (text, values) => queryOf(this.client)(text, values);

  /**
   * Each attempt from the same state, which `before` prepares as the owner. Then all that were
   * accepted once more, one after the other, and a look at the whole database.
   */
  async tryAll(actor: Actor, attempts: Attempt[], before = ""): Promise<Answer[]> {
    const answers: Answer[] = [];
    await this.client.query(`begin; ${before}`);
    try {
      const money = await this.money(actor);
      const whole = await this.snapshot(actor);
      await this.become(actor);
      for (const attempt of attempts) {
        const answer = await this.tryOne(attempt);
        if (!answer.told) answer.broken.push(...differences(money, await this.money(actor)));
        answers.push(answer);
        await this.client.query("rollback to savepoint attempt; release savepoint attempt");
      }
      const accepted = answers.filter((answer) => !answer.told);
      for (const { attempt } of accepted) {
        const { told } = await this.tryOne(attempt);
        await this.client.query(
          `${told ? "rollback to savepoint attempt; " : ""}release savepoint attempt`,
        );
      }
      accepted
        .at(-1)
        ?.broken.push(
          ...differences(money, await this.money(actor)),
          ...differences(whole, await this.snapshot(actor)),
          ...(await this.findings(actor)),
        );
    } finally {
      await this.client.query("rollback");
    }
    return answers;
  }

  private async tryOne(attempt: Attempt): Promise<Answer> {
    try {
      const results = await this.client.query(`savepoint attempt; ${attempt.sql}`);
      return { attempt, rows: [results].flat().at(-1)?.rows ?? [], broken: [] };
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      const { code = "", message, detail, hint, where } = error;
      return { attempt, rows: [], told: { code, message, detail, hint, where }, broken: [] };
    }
  }

  private async become({ role, sub }: Actor): Promise<void> {
    const claims = JSON.stringify({ role, ...(sub && { sub }) });
    await this.client.query(
      `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
         set_config('request.headers', $3, true)`,
      [role, claims, HEADERS],
    );
  }

  /** As the owner, whoever asked before; the rows that are the actor's to change are left out. */
  private async money(actor: Actor): Promise<Seen> {
    const [row] = await this.asOwner(() => this.query<{ seen: Seen }>(MONEY, [actor.sub]));
    const { audit = "", prices = "", ...others } = row?.seen ?? {};
    return actor.trusted ? { audit, prices } : { audit, prices, ...others };
  }

  private async snapshot(actor: Actor): Promise<Seen> {
    const sql = actor.trusted ? this.snapshots.trusted : this.snapshots.user;
    const rows = await this.asOwner(() =>
      this.query<{ name: string; seen: string }>(sql, [actor.sub]),
    );
    return Object.fromEntries(rows.map((row) => [row.name, row.seen]));
  }

  private async findings(actor: Actor): Promise<string[]> {
    const query = this.query as FreshDatabase["query"];
    const found = await this.asOwner(() => findings({ query }, actor.trusted ? ALWAYS : undefined));
    return found.map((finding) => JSON.stringify(finding));
  }

  private async asOwner<T>(work: () => Promise<T>): Promise<T> {
    const [was] = await this.query<{ role: string }>("select current_setting('role') as role");
    await this.query("select set_config('role', 'none', true)");
    const result = await work();
    await this.query("select set_config('role', $1, true)", [was?.role ?? "none"]);
    return result;
  }
}

const queryOf =
  (client: pg.Client): Query =>
  async <Row extends Record<string, unknown>>(text: string, values?: unknown[]) =>
    (await client.query<Row>(text, values)).rows;
