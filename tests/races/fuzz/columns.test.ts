import { afterAll, beforeAll, expect, test } from "vitest";
import { type Column, listRelations, nameOf, type Relation } from "../../support/fuzz/catalogue.ts";
import { rowOf } from "../../support/fuzz/fixture.ts";
import { type Body, bodyOf, insertSql, textOf, updateSql } from "../../support/fuzz/requests.ts";
import { hostileLabels, spoiltObjects } from "../../support/fuzz/values.ts";
import { Complaints, complaintOf, tells } from "../../support/fuzz/verdict.ts";
import type { Answer, Attempt } from "./session.ts";
import { type ActorName, type Fuzz, openFuzz } from "./world.ts";

/**
 * Every column that a client may write, of tables and of views, with every kind of hostile
 * value: inserted, upserted onto the row of somebody else, and updated.
 */
let fuzz: Fuzz;
let relations: Relation[];

beforeAll(async () => {
  fuzz = await openFuzz();
  relations = await listRelations(fuzz.database.query);
}, 120_000);
afterAll(() => fuzz?.database.close());

/** What a row needs that the fixture's row of that table has not. */
const FRESH: Record<string, Record<string, unknown>> = {
  "public.profiles": { username: "fresh" },
  "video.user_profiles": { username: "fresh" },
  "public.email_templates": { name: "fresh" },
  "editor.email_templates": { name: "fresh" },
  "social.conversation_messages": { direction: "outbound" },
};

type Rows = { mine: Record<string, unknown>; other: Record<string, unknown> };

async function rowsOf(relation: Relation): Promise<Rows> {
  const { me, other } = fuzz.world;
  const [mine, theirs] = await Promise.all(
    [me.id, other.id].map((id) => rowOf(fuzz.database.query, relation, id)),
  );
  if (!mine || !theirs) throw new Error(`no row of both users in ${nameOf(relation)}`);
  return { mine, other: theirs };
}

const pick = (row: Record<string, unknown>, columns: Column[]): Body =>
  bodyOf(Object.fromEntries(columns.map(({ name }) => [name, row[name]])));

const labelOf = (verb: string, relation: Relation, body: Body): string =>
  `${verb} ${nameOf(relation)} ${textOf(body).slice(0, 250)}`;

/** How a valid row is inserted: as a user, in the place of the one that is there, as a newcomer, as an admin. */
type Way = { actor: ActorName; body: Body; before: string };

function waysToInsert(relation: Relation, { mine }: Rows): Way[] {
  const fresh = Object.fromEntries(
    relation.key
      .filter((name) => name === "id" && relation.owner !== "id")
      .map((name) => [name, "77777777-7777-4777-8777-777777777777"]),
  );
  const body = pick({ ...mine, ...fresh, ...FRESH[nameOf(relation)] }, relation.insert);
  const where = relation.key.map((name) => `t.${name} = '${mine[name]}'`).join(" and ");
  const remove = `delete from ${nameOf(relation)} as t where ${where}`;
  const newcomer = { ...body, [relation.owner ?? ""]: JSON.stringify(fuzz.actors.ghost.sub) };
  return [
    { actor: "user", body, before: "" },
    { actor: "admin", body, before: "" },
    ...(relation.owner === "id"
      ? [{ actor: "ghost" as const, body: newcomer, before: "" }]
      : [{ actor: "user" as const, body, before: remove }]),
  ];
}

async function wayToInsert(
  relation: Relation,
  rows: Rows,
  complaints: Complaints,
): Promise<Way | undefined> {
  const refusals: string[] = [];
  for (const way of waysToInsert(relation, rows)) {
    const attempt = { label: () => "", sql: insertSql(relation, way.body) };
    const [answer] = await fuzz.session.tryAll(fuzz.actors[way.actor], [attempt], way.before);
    if (!answer?.told) return way;
    refusals.push(`${way.actor}: ${answer.told.code} ${answer.told.message}`);
  }
  complaints.add(`${nameOf(relation)}: no way to insert a valid row`, refusals.join("; "));
  return undefined;
}

function hostileTo(column: Column, valid: Body): string[] {
  if (column.labels) return hostileLabels(column.labels);
  const values = fuzz.hostile(column.type);
  if (!/^jsonb?$/.test(column.type)) return values;
  return [...values, ...spoiltObjects(JSON.parse(valid[column.name] ?? "null"), fuzz.random)];
}

/** Bodies with one column spoilt, each in turn, and some with several. */
function spoilt(columns: Column[], valid: Body, all: boolean): Body[] {
  const one = columns.flatMap((column) =>
    hostileTo(column, valid).map((value) => ({ ...(all ? valid : {}), [column.name]: value })),
  );
  const several = Array.from({ length: 15 }, () => {
    const body = { ...valid };
    for (const column of columns) {
      if (fuzz.random.chance(0.3)) body[column.name] = fuzz.random.pick(fuzz.hostile(column.type));
    }
    return body;
  });
  return [...one, ...several];
}

function judge(
  relation: Relation,
  actor: ActorName,
  answers: Answer[],
  complaints: Complaints,
): void {
  for (const { attempt, told, rows, broken } of answers) {
    const note = (text: string): void =>
      complaints.add(`${nameOf(relation)}: ${text}`, attempt.label());
    const complaint = told && complaintOf(told);
    if (complaint) note(complaint);
    for (const each of broken) note(each);
    if (fuzz.actors[actor].trusted) continue;
    if (tells(told ?? rows, fuzz.world.other.marker)) note("tells of the other user");
  }
}

test("inserts and upserts", async () => {
  const complaints = new Complaints();
  for (const relation of relations.filter((one) => one.insert.length > 0)) {
    const rows = await rowsOf(relation);
    const way = await wayToInsert(relation, rows, complaints);
    if (!way) continue;
    const attempts: Attempt[] = spoilt(relation.insert, way.body, true).map((body) => ({
      label: () => labelOf("insert", relation, body),
      sql: insertSql(relation, body),
    }));
    // Onto the other's row, which must neither change nor be told of.
    const key = pick(
      rows.other,
      relation.insert.filter(({ name }) => relation.key.includes(name)),
    );
    for (const body of [
      { ...way.body, ...key },
      ...spoilt(relation.insert, { ...way.body, ...key }, true).slice(-5),
    ]) {
      attempts.push({
        label: () => labelOf("upsert", relation, body),
        sql: insertSql(relation, body, true),
      });
    }
    judge(
      relation,
      way.actor,
      await fuzz.session.tryAll(fuzz.actors[way.actor], attempts, way.before),
      complaints,
    );
  }
  expect(complaints.list).toEqual([]);
}, 300_000);

test("updates", async () => {
  const complaints = new Complaints();
  for (const relation of relations.filter((one) => one.update.length > 0)) {
    const rows = await rowsOf(relation);
    const actor = relation.owner ? "user" : "admin";
    const valid = pick(rows.mine, relation.update);
    const update = (body: Body): Attempt => ({
      label: () => labelOf("update", relation, body),
      sql: updateSql(relation, body, rows.mine),
    });
    const attempts = spoilt(relation.update, valid, false).map(update);
    const [same, ...answers] = await fuzz.session.tryAll(fuzz.actors[actor], [
      update(valid),
      ...attempts,
    ]);
    if (same?.told || same?.rows.length !== 1) {
      complaints.add(
        `${nameOf(relation)}: a row cannot be updated to what it is`,
        JSON.stringify(same?.told),
      );
    }
    judge(relation, actor, answers, complaints);
  }
  expect(complaints.list).toEqual([]);
}, 300_000);

test("nothing of the other's rows is changed, by whichever column", async () => {
  const complaints = new Complaints();
  for (const relation of relations.filter((one) => one.owner && one.update.length > 0)) {
    const { mine, other } = await rowsOf(relation);
    const attempts = relation.update.flatMap((column) =>
      [pick(mine, [column]), pick(other, [column])].map((body) => ({
        label: () => labelOf("update of the other's", relation, body),
        sql: updateSql(relation, body, other),
      })),
    );
    const answers = await fuzz.session.tryAll(fuzz.actors.user, attempts);
    judge(relation, "user", answers, complaints);
    for (const { attempt, rows } of answers) {
      if (rows.length > 0)
        complaints.add(`${nameOf(relation)}: a row of the other was found`, attempt.label());
    }
  }
  expect(complaints.list).toEqual([]);
});
