import { afterAll, beforeAll, expect, test } from "vitest";
import type { FreshDatabase } from "../../support/database.ts";
import { withSeed } from "../support/random.ts";
import { ask, named, openSessions, raceDatabase } from "../support/sessions.ts";
import { createImages, createUsers } from "../support/world.ts";

/**
 * What is shared follows from collections, their items and the images' results,
 * which change at the same time: at rest it is what they say, and nobody deadlocks.
 */
const SESSIONS = 8;
const STORMS = 40;
const ROUNDS = 15;
let database: FreshDatabase;
beforeAll(async () => {
  database = await raceDatabase();
});
afterAll(() => database?.close());

const differences = `
  with wanted as (
    select distinct t.id as subject_id, u.url as name
    from editor.image_collection_items as t
    join editor.image_collections as c on c.id = t.collection_id and c.is_public
    join editor.images as i on i.id = t.image_id
    cross join lateral (values (i.processed_url), (i.thumbnail_url), (i.final_url)) as u (url)
    where u.url is not null
  )
  select coalesce(w.name, s.name) as name, s.name is not null as shared
  from wanted as w
  full join public.shared_files as s on s.subject_id = w.subject_id and s.name = w.name
  where w.name is null or s.name is null`;

const some = (table: string): string =>
  `(select id from editor.${table} where user_id = $1 order by random() limit 1)`;

const steps = {
  publish: `update editor.image_collections set is_public = not is_public where id = ${some("image_collections")}`,
  add: `insert into editor.image_collection_items (collection_id, image_id)
    select ${some("image_collections")}, i.id from editor.images as i where i.user_id = $1 order by random() limit 1
    on conflict (collection_id, image_id) do update set image_id = excluded.image_id`,
  takeOut: `delete from editor.image_collection_items where id in
    (select id from editor.image_collection_items where user_id = $1 order by random() limit 1)`,
  finish: `update editor.images
    set processed_url = $1 || '/' || gen_random_uuid() || '/processed.png', thumbnail_url = $1 || '/' || id || '/t.webp'
    where id = ${some("images")}`,
  deleteImage: `delete from editor.images where id = ${some("images")}`,
  addImage: "insert into editor.images (user_id, original_filename) values ($1, 'x.png')",
  deleteCollection: `delete from editor.image_collections where id = ${some("image_collections")}`,
  addCollection:
    "insert into editor.image_collections (user_id, name, is_public) values ($1, 'Cats', random() < 0.5)",
};

test("shared is what collections, items and results say", () =>
  withSeed(async (random) => {
    const [user = ""] = await createUsers(database, 1);
    await createImages(database, user, 6);
    for (let n = 0; n < 3; n += 1) await database.query(steps.addCollection, [user]);
    const sessions = await openSessions(database, SESSIONS);
    const names = Object.keys(steps) as (keyof typeof steps)[];
    const told = new Map<string, number>();
    let shared = 0;
    for (let storm = 0; storm < STORMS; storm += 1) {
      await Promise.all(
        sessions.map(async (session) => {
          for (let round = 0; round < ROUNDS; round += 1) {
            // More is made and changed than deleted.
            const step = random.chance(0.7)
              ? random.pick(["publish", "add", "add", "finish"] as const)
              : random.pick(names);
            // Inside of a text the id is no uuid.
            const text = steps[step].replaceAll("$1", `'${user}'`);
            const answer = await ask(session, text);
            const word = named(answer.refusal);
            told.set(word, (told.get(word) ?? 0) + 1);
          }
        }),
      );
      expect(await database.query(differences)).toEqual([]);
      const [row] = await database.query<{ n: number }>(
        "select count(*)::integer as n from public.shared_files",
      );
      shared += row?.n ?? 0;
    }
    const words = [...told.keys()].filter((word) => !/^(done|PT404 )|^23503 /.test(word));
    expect(words).toEqual([]);
    expect(shared).toBeGreaterThan(0);
  }));
