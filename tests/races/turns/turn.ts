import pg from "pg";
import type { FreshDatabase } from "../../support/database.ts";

/** A call that meets a row which somebody else has, and has not committed. */
export type Turn = {
  /** What is called, in the product's words. */
  what: string;
  /** The row that somebody else has: a table and a condition. `:me` is a user of the world. */
  row: string;
  /** How they have it; less is enough for most. */
  strength?: "no key update" | "update" | "key share";
  /** What the caller's transaction did before. */
  before?: string;
  call: string;
  /** The call is the user's own, through the API. */
  asUser?: boolean;
  /**
   * The function that waits for the row, before it reads it; without one the call passes it
   * over. "one > another" where it does so by another.
   */
  waitsIn?: string;
};

export const PASSES = "goes on";
/** The sentence that a call ends in which waits where it should. */
export const expected = ({ row, waitsIn }: Turn): string =>
  waitsIn ? `waits, locking ${tableOf(row)}, in ${waitsIn}` : PASSES;

const tableOf = (row: string): string => /^\w+\.(\w+)/.exec(row)?.[1] ?? row;

/** Two sessions that meet, and leave everything as it was. */
export class Meeting {
  private constructor(
    private readonly keeper: pg.Client,
    private readonly caller: pg.Client,
    private readonly user: string,
  ) {}

  static async open(database: FreshDatabase, user: string): Promise<Meeting> {
    return new Meeting(await database.connect(), await database.connect(), user);
  }

  /** What the call does while somebody else has the row. */
  async of(turn: Turn): Promise<string> {
    const strength = turn.strength ?? "no key update";
    return this.while(`select 1 from ${turn.row} for ${strength}`, turn);
  }

  /** What the call does while this statement of somebody else is not committed. */
  async while(
    holding: string,
    { before = "", call, asUser, waitsIn = "" }: Omit<Turn, "what" | "row">,
  ): Promise<string> {
    const mine = (text: string): string => text.replaceAll(":me", pg.escapeLiteral(this.user));
    await this.caller.query("begin");
    await this.keeper.query("begin");
    try {
      await this.caller.query(mine(before));
      const held = await this.keeper.query(mine(holding));
      if (!held.rowCount) throw new Error(`there is no such row: ${mine(holding)}`);
      await this.caller.query("set local lock_timeout = '20ms'");
      if (asUser) await this.become(this.user);
      await this.caller.query(mine(call));
      return PASSES;
    } catch (error) {
      if (error instanceof pg.DatabaseError) return answerOf(error, waitsIn.split(" > ").length);
      throw error;
    } finally {
      await this.caller.query("rollback");
      await this.keeper.query("rollback");
    }
  }

  private async become(user: string): Promise<void> {
    const claims = JSON.stringify({ sub: user, role: "authenticated" });
    await this.caller.query(
      "select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)",
      [claims],
    );
  }
}

/**
 * Where a call waited, by the context of the error that ended its patience: a call that
 * reads first and waits only when it writes has decided on what may be true no longer.
 */
function answerOf({ code, message, where = "" }: pg.DatabaseError, depth: number): string {
  if (code !== "55P03") return `${code} ${message}`;
  const [, doing = "locking", table = "nothing"] =
    /^while (\w+) .*in relation "(\w+)"/.exec(where) ?? [];
  const places = [...where.matchAll(/^(?:PL\/pgSQL|SQL) function "?(?:\w+\.)?(\w+)/gm)];
  const place = places
    .slice(0, depth)
    .map(([, name]) => name)
    .reverse()
    .join(" > ");
  // A trigger before an update has the row locked for it: a wait of the update all the same.
  const [, verb = ""] =
    /^(?:while.*\n)?SQL statement "\s*(update|insert|delete|SELECT 1 FROM ONLY)/.exec(where) ?? [];
  const named = verb === "SELECT 1 FROM ONLY" ? "referring to" : verb ? "writing" : doing;
  return `waits, ${named} ${table}, in ${place || "the statement"}`;
}
