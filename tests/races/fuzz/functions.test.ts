import { afterAll, beforeAll, expect, test } from "vitest";
import { listRoutines, nameOf, type Routine } from "../../support/fuzz/catalogue.ts";
import { emptyTables } from "../../support/fuzz/fixture.ts";
import { type Body, bodyOf, callSql, textOf } from "../../support/fuzz/requests.ts";
import { spoiltObjects } from "../../support/fuzz/values.ts";
import { Complaints, complaintOf, tells } from "../../support/fuzz/verdict.ts";
import type { Answer, Attempt } from "./session.ts";
import { type ActorName, type Fuzz, openFuzz } from "./world.ts";

/**
 * Every function of the API with every kind of hostile argument: it is refused with a
 * documented word, or it does what it is for and nothing else.
 */
let fuzz: Fuzz;
let routines: Routine[];
/** Functions that refuse the user, who is no admin and has a subscription; the admin has none. */
const forAdmins = new Set<string>();
const NOT_FOR_THE_USER = ["admin_only", "already_subscribed"];

beforeAll(async () => {
  fuzz = await openFuzz();
  routines = await listRoutines(fuzz.database.query);
  for (const routine of routines.filter((one) => one.roles.includes("authenticated"))) {
    const [answer] = await fuzz.session.tryAll(fuzz.actors.user, [validCall(routine)]);
    if (NOT_FOR_THE_USER.includes(answer?.told?.message ?? "")) forAdmins.add(nameOf(routine));
  }
}, 120_000);
afterAll(() => fuzz?.database.close());

const validBody = (routine: Routine): Body => bodyOf(fuzz.valid(routine));
const attemptOf = (routine: Routine, body: Body): Attempt => ({
  label: () => `${nameOf(routine)} ${textOf(body).slice(0, 250)}`,
  sql: callSql(routine, body),
});
const validCall = (routine: Routine): Attempt => attemptOf(routine, validBody(routine));

/** Who has business with a function: for them the arguments are looked at one by one. */
function userOf(routine: Routine): ActorName {
  if (forAdmins.has(nameOf(routine))) return "admin";
  if (routine.roles.includes("authenticated")) return "user";
  return routine.roles.includes("anon") ? "anon" : "service";
}

function oneByOne(routine: Routine): Attempt[] {
  const valid = validBody(routine);
  const bodies = routine.parameters.flatMap(({ name, type, optional }) => {
    const values = [...fuzz.hostile(type)];
    if (/^jsonb?$/.test(type))
      values.push(...spoiltObjects(JSON.parse(valid[name] ?? "null"), fuzz.random));
    const { [name]: _, ...without } = valid;
    return [
      ...values.map((value) => ({ ...valid, [name]: value })),
      ...(optional ? [without] : []),
    ];
  });
  return bodies.map((body) => attemptOf(routine, body));
}

function atRandom(routine: Routine, count: number): Attempt[] {
  if (routine.parameters.length === 0) return [];
  return Array.from({ length: count }, () => {
    const body: Body = {};
    for (const { name, type, optional } of routine.parameters) {
      if (optional && fuzz.random.chance(0.1)) continue;
      const valid = validBody(routine)[name] ?? "null";
      body[name] = fuzz.random.chance(0.5) ? valid : fuzz.random.pick(fuzz.hostile(type));
    }
    return attemptOf(routine, body);
  });
}

function judge(
  routine: Routine,
  actor: ActorName,
  answers: Answer[],
  complaints: Complaints,
): void {
  for (const { attempt, told, rows, broken } of answers) {
    const note = (text: string): void =>
      complaints.add(`${nameOf(routine)}: ${text}`, attempt.label());
    const complaint = told && complaintOf(told, routine);
    if (complaint) note(complaint);
    for (const each of broken) note(each);
    const mayKnow = fuzz.actors[actor].trusted;
    if (!mayKnow && tells(told ?? rows, fuzz.world.other.marker)) note("tells of the other user");
  }
}

async function fuzzAll(
  actor: ActorName,
  attemptsOf: (routine: Routine) => Attempt[],
): Promise<string[]> {
  const complaints = new Complaints();
  const { role } = fuzz.actors[actor];
  for (const routine of routines.filter((one) => one.roles.includes(role))) {
    const answers = await fuzz.session.tryAll(fuzz.actors[actor], attemptsOf(routine));
    judge(routine, actor, answers, complaints);
  }
  return complaints.list;
}

test("every table of users has rows of both: a leak would show", async () => {
  expect(await emptyTables(fuzz.database.query, fuzz.world)).toEqual([]);
});

// Else what follows would try the first check of a function alone. A new function whose
// arguments are not known yet is taught in tests/support/fuzz/arguments.ts.
test("every function does its work when its arguments are valid", async () => {
  const refused: string[] = [];
  for (const routine of routines) {
    const [answer] = await fuzz.session.tryAll(fuzz.actors[userOf(routine)], [validCall(routine)]);
    if (answer?.told)
      refused.push(`${answer.attempt.label()}: ${answer.told.code} ${answer.told.message}`);
  }
  expect(refused).toEqual([]);
});

test.each<ActorName>(["anon", "user", "admin", "service"])(
  "hostile arguments from %s, one at a time and together",
  async (actor) => {
    const complaints = await fuzzAll(actor, (routine) =>
      userOf(routine) === actor || (actor === "service" && userOf(routine) === "admin")
        ? [...oneByOne(routine), ...atRandom(routine, 30)]
        : [validCall(routine), ...atRandom(routine, 5)],
    );
    expect(complaints).toEqual([]);
  },
  300_000,
);

test.each<ActorName>(["ghost", "stranger", "gone"])(
  "calls of a %s, who is not here",
  async (actor) => {
    const complaints = await fuzzAll(actor, (routine) => [
      validCall(routine),
      ...atRandom(routine, 5),
    ]);
    expect(complaints).toEqual([]);
  },
);
