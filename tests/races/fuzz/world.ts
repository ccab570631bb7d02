import { createUser, type FreshDatabase, freshDatabase } from "../../support/database.ts";
import { type ValidArguments, validArguments } from "../../support/fuzz/arguments.ts";
import { buildWorld, type World } from "../../support/fuzz/fixture.ts";
import { hostileValues } from "../../support/fuzz/values.ts";
import { type Random, randomFrom } from "../support/random.ts";
import { type Actor, FuzzSession } from "./session.ts";

/** The same requests in every run; another seed looks elsewhere. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);

export type ActorName = "anon" | "user" | "ghost" | "stranger" | "gone" | "admin" | "service";

export type Fuzz = {
  database: FreshDatabase;
  session: FuzzSession;
  world: World;
  actors: Record<ActorName, Actor>;
  valid: ValidArguments;
  random: Random;
  /** Hostile texts of JSON for a type. */
  hostile: (type: string) => string[];
};

/** A database with the two users, and everybody who may ask. */
export async function openFuzz(): Promise<Fuzz> {
  const database = await freshDatabase();
  const users: string[] = [];
  for (const name of ["me", "other", "admin", "gone"]) {
    users.push(await createUser(database, `${name}@example.com`));
  }
  const query = database.query;
  const exec = async (script: string): Promise<void> => void (await database.query(script));
  const world = await buildWorld(query, exec, users.slice(0, 3) as [string, string, string]);
  const gone = users[3] ?? "";
  await query("select private.retire_user($1)", [gone]);
  const valid = await validArguments(query, world);
  const random = randomFrom(SEED);
  // Made once a type, since they are large; ids are picked anew each time.
  const known = new Map<string, string[]>();
  const hostile = (type: string): string[] => {
    const values = known.get(type) ?? hostileValues(type, world.parties, random);
    if (type !== "uuid") known.set(type, values);
    return values;
  };
  const user = (sub: string): Actor => ({ role: "authenticated", sub, trusted: false });
  return {
    database,
    session: await FuzzSession.open(database),
    world,
    valid,
    random,
    hostile,
    actors: {
      anon: { role: "anon", sub: null, trusted: false },
      user: user(world.me.id),
      // Tokens without a profile: of ours, and of another issuer.
      ghost: user("99999999-9999-4999-8999-999999999999"),
      stranger: user("auth0|nobody"),
      // A token outlives the account for up to an hour.
      gone: user(gone),
      admin: { role: "authenticated", sub: world.admin, trusted: true },
      service: { role: "service_role", sub: null, trusted: true },
    },
  };
}
