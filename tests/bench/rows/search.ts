import { type Database, prepare, withTallybase } from "../lib/databases.ts";
import { pgbench } from "../lib/pgbench.ts";
import { whatHoldsIt } from "../lib/profile.ts";
import { median, ratioOf, rounds } from "../lib/stats.ts";
import type { Bench, Figure, Row } from "../lib/types.ts";
import { type Filled, fill, makePeople, me } from "./lists.ts";

const OWN_CHUNKS = 2_000;
const WORDS = 5_000;
const GOAL = { most: 3, text: "<= 3" };
const ASKED = "w7 or w11";

export const search: Row = {
  name: "search",
  title: "A user's search among a million chunks of neighbours",
  method: `One user with ${OWN_CHUNKS.toLocaleString("en-US")} chunks and their embeddings among a million of 1,000 neighbours, which have words and no embeddings (no index over them ships, so nobody's search would read them). Chunks are of 20 words out of ${WORDS.toLocaleString("en-US")}. Each search as authenticated against the statement that does the same without row level security and without a function, as service_role. Time of a call, prepared statements, two clients.`,
  run: (bench) =>
    withTallybase(bench, "search", async (database) => {
      await makePeople(database);
      await makeChunks(bench, database);
      const figures: Figure[] = [];
      const notes: string[] = [];
      for (const search of searches(await me(database))) {
        const sides = { under: search.under, without: search.without };
        const run = (side: keyof typeof sides) => async () =>
          (
            await pgbench(bench, database, {
              script: sides[side],
              role: side === "under" ? "authenticated" : "service_role",
              sub: search.sub,
              clients: 2,
              seconds: bench.pick(8, 2),
            })
          ).tps;
        const got = await rounds(3, { without: run("without"), under: run("under") }, bench.log);
        const figure: Figure = {
          measured: search.name,
          against: "the same without row level security",
          // The time of a call is what a rate goes into.
          ...ratioOf(got.without, got.under),
          goal: GOAL,
          absolute: `${perCall(got.under)} : ${perCall(got.without)}`,
        };
        figures.push(figure);
        notes.push(...(await whatHoldsIt(bench, database, [figure], run("under"))));
      }
      return { figures, notes };
    }),
};

const perCall = (rates: number[]): string => `${((2 * 1e6) / median(rates)).toFixed(0)} µs`;

async function makeChunks(bench: Bench, database: Database): Promise<void> {
  await prepare(
    database,
    `insert into social.knowledge_documents (id, user_id, title, status, tsconfig)
     select md5('d' || p.id)::uuid, p.id, 'All we know', 'indexed', 'english'
     from public.profiles as p`,
  );
  // A subquery that is not of its row would be made once, and every chunk the same.
  const words = `(
    select string_agg('w' || floor(random() * ${WORDS})::integer, ' ')
    from generate_series(1, 20 + 0 * x.n)
  )`;
  const chunks: Filled = {
    table: "social.knowledge_chunks",
    rows: (x) => `(document_id, user_id, chunk_index, content, tsconfig, tsv)
      select md5('d' || c.user_id)::uuid, c.user_id, c.n, c.content, 'english',
        to_tsvector('pg_catalog.english', c.content)
      from (select x.n, x.user_id, ${words} as content from ${x} offset 0) as c`,
  };
  await fill(bench, database, chunks);
  // The user's own: as many as they must be, all with embeddings.
  const mine = "(select n, md5('0')::uuid as user_id from generate_series(2000001, 2000000 + ";
  await prepare(
    database,
    "set session_replication_role = replica",
    `insert into social.knowledge_chunks ${chunks.rows(`${mine}${OWN_CHUNKS}) as n) as x`)}`,
    `delete from social.knowledge_chunks where user_id = md5('0')::uuid and chunk_index <= 2000000`,
    `update social.knowledge_chunks as c
     set embedding = (
       select array_agg(sin(i * (1 + c.chunk_index % 997)))::extensions.vector
       from generate_series(1, 768) as i
     )
     where c.user_id = md5('0')::uuid`,
    "vacuum (analyze) social.knowledge_chunks",
  );
}

type Search = { name: string; sub: string; under: string; without: string };

function searches(sub: string): Search[] {
  const embedding = `'[${Array.from({ length: 768 }, (_, i) => Math.sin(i * 7).toFixed(4)).join(",")}]'::extensions.vector`;
  const asked = `websearch_to_tsquery('pg_catalog.english', '${ASKED}')`;
  const mine = `social.knowledge_chunks as c
    join social.knowledge_documents as d on d.id = c.document_id and not d.is_deleted
    where c.user_id = '${sub}'`;
  const inWords = `
    select c.id, row_number() over (order by ts_rank_cd(c.tsv, ${asked}) desc, c.id) as place
    from ${mine} and c.tsv @@ ${asked}
    order by place limit 50`;
  const inMeaning = `
    select m.id, row_number() over (order by m.distance, m.id) as place
    from (
      select c.id, c.embedding operator(extensions.<=>) ${embedding} as distance
      from ${mine} and c.embedding is not null
    ) as m
    order by place limit 50`;
  const fused = (parts: string) => `
    select c.id, c.document_id, d.title, c.chunk_index, c.content, c.metadata, f.score
    from (${parts} order by score desc limit 10) as f
    join social.knowledge_chunks as c on c.id = f.id
    join social.knowledge_documents as d on d.id = c.document_id
    order by f.score desc, c.id`;
  const oneLine = (text: string) => `${text.replaceAll(/\s+/g, " ").trim()};`;
  const filtered = (where: string) =>
    oneLine(`select c.id, c.content from social.knowledge_chunks as c
      where ${where} c.tsv @@ ${asked} limit 10`);
  return [
    {
      name: "`textSearch` on `social.knowledge_chunks`, the statement names no user",
      sub,
      under: filtered(""),
      without: filtered(`c.user_id = '${sub}' and`),
    },
    {
      name: "`social.search_knowledge`, in words",
      sub,
      under: `select * from social.search_knowledge('${ASKED}', null, 10);`,
      without: oneLine(fused(`select w.id, 1.0 / (60 + w.place) as score from (${inWords}) as w`)),
    },
    {
      name: "`social.search_knowledge`, in words and meaning",
      sub,
      under: `select * from social.search_knowledge('${ASKED}', ${embedding}, 10);`,
      without: oneLine(
        fused(`
          select
            coalesce(w.id, m.id) as id,
            coalesce(1.0 / (60 + w.place), 0) + coalesce(1.0 / (60 + m.place), 0) as score
          from (${inWords}) as w full join (${inMeaning}) as m on m.id = w.id`),
      ),
    },
  ];
}
