import type { Random } from "../../races/support/random.ts";

/** Who asks, and who must not notice. Ids are those of every row of each. */
export type Parties = {
  me: { id: string; ids: string[] };
  other: { id: string; ids: string[] };
};

/**
 * What a front end of ours would never send, by the type that it is sent for. Each is a
 * text of JSON and not a value: some of it no JSON.stringify would write.
 */
export function hostileValues(type: string, parties: Parties, random: Random): string[] {
  const base = type.replace(/\(.*\)/, "").replace(/^.*\./, "");
  const element = base.endsWith("[]") ? base.slice(0, -2) : undefined;
  if (element !== undefined)
    return [...arrays(random), ...quoted(texts(parties, random).slice(0, 6))];
  switch (base) {
    case "uuid":
      return uuids(parties, random);
    case "smallint":
    case "integer":
    case "bigint":
      return NUMBERS;
    case "numeric":
    case "real":
    case "double precision":
      return [...NUMBERS, ...FRACTIONS];
    case "boolean":
      return ["null", '"maybe"', "2", '""', "{}", "[]", '"t"'];
    case "date":
    case "timestamp with time zone":
    case "timestamp without time zone":
      return TIMES;
    case "interval":
      return INTERVALS;
    case "json":
    case "jsonb":
      return objects(parties, random);
    case "vector":
      return VECTORS;
    default:
      return [...STRANGE_TEXTS, ...quoted(texts(parties, random))];
  }
}

/** The words of an enum are no attack, but a case and an unknown one are. */
export function hostileLabels(labels: string[]): string[] {
  return [
    "null",
    ...quoted([...labels, labels[0]?.toUpperCase() ?? "", "", "unknown", " "]),
    "1",
    "{}",
  ];
}

/** A valid object with each of its parts spoilt in turn. */
export function spoiltObjects(valid: unknown, random: Random, most = 40): string[] {
  const spoilt: unknown[] = [];
  const long = noise(3000, random);
  const visit = (node: unknown, rebuild: (part: unknown) => unknown): void => {
    for (const bad of [null, -1, 1e300, "", "NaN", long, {}, [], [null], true]) {
      spoilt.push(rebuild(bad));
    }
    if (Array.isArray(node)) {
      spoilt.push(rebuild(Array.from({ length: 2000 }, () => node[0] ?? null)));
      node.forEach((each, index) => {
        visit(each, (part) => rebuild(node.with(index, part)));
      });
    } else if (typeof node === "object" && node !== null) {
      for (const [key, each] of Object.entries(node)) {
        const { [key]: _, ...rest } = node as Record<string, unknown>;
        spoilt.push(rebuild(rest));
        visit(each, (part) => rebuild({ ...node, [key]: part }));
      }
    }
  };
  visit(valid, (part) => part);
  return random
    .shuffle(spoilt)
    .slice(0, most)
    .map((each) => JSON.stringify(each));
}

const quoted = (values: string[]): string[] => values.map((value) => JSON.stringify(value));

/** Text that does not compress, four bytes a character. */
export function noise(length: number, random: Random): string {
  return Array.from({ length }, () => String.fromCodePoint(random.int(0x20000, 0x2a6d0))).join("");
}

// NUL and halves of surrogate pairs, which JSON can say and Postgres cannot store.
const STRANGE_TEXTS = [
  "null",
  '"\\u0000"',
  '"a\\u0000b"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  "1",
  "true",
  "{}",
  '{"a":1}',
  "[]",
];

function texts({ me, other }: Parties, random: Random): string[] {
  return [
    "",
    "   ",
    "\t\r\n",
    "\u200b\ufeff",
    "x".repeat(100_000),
    noise(255, random),
    noise(1024, random),
    noise(8000, random),
    "'; drop table public.profiles; --",
    "' or '1'='1",
    "$$ || (select secret from private.settings) || $$",
    "%s%I%L%n",
    "\\",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    `${other.id}/room.png`,
    `${me.id}/../${other.id}/room.png`,
    `${me.id}/%2e%2e/${other.id}/room.png`,
    `${me.id}/%00.png`,
    `${me.id}/%ff%fe.png`,
    `${me.id}/${"%41".repeat(20_000)}`,
    `${me.id}/${noise(950, random)}`,
    `/storage/v1/object/authenticated/uploads/${other.id}/room.png`,
    "http://169.254.169.254/latest/meta-data",
    "javascript:alert(1)",
    other.id,
    ...random.shuffle(other.ids).slice(0, 3),
    "null",
    "NaN",
    "-1",
    "٣٢",
    "{}",
    "{a,b}",
    "[0:1]={a,b}",
    "a & | !(",
    "(a+)+$",
    "%_%",
    "admin",
    "service_role",
    "completed",
    "published",
    "FREQ=DAILY;COUNT=99999999999999999999",
    "\u202egnp.exe",
    "e\u0301".repeat(200),
  ];
}

function uuids({ me, other }: Parties, random: Random): string[] {
  const ids = [
    other.id,
    ...random.shuffle(other.ids).slice(0, 24),
    me.id,
    ...random.shuffle(me.ids).slice(0, 4),
  ];
  const unknown = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff"];
  const malformed = ["", "not-a-uuid", `{${other.id}}`, `${other.id}'--`, "x".repeat(100_000)];
  return ["null", ...quoted([...ids, ...unknown, ...malformed]), "1", "{}", "[]", '"\\u0000"'];
}

const NUMBERS = [
  ...["null", "0", "-1", "1", "1.5", "32767", "32768", "100001", "2147483647", "2147483648"],
  ...["-2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "1e400"],
  ...['"NaN"', '"Infinity"', '"abc"', '""', '" 1 "', '"0x10"', '"٣٢"', "true", "{}", "[]"],
];
const FRACTIONS = [
  ...['"-Infinity"', "-0.0001", "1e-300", "1e308", "1e309", "99999999999999.9999", "1e131071"],
  ...["1e131073", `"${"9".repeat(3000)}"`, "0.30000000000000004"],
];

const TIMES = [
  ...[
    "null",
    "0",
    "1e20",
    "{}",
    '""',
    '"now"',
    '"yesterday"',
    '"epoch"',
    '"infinity"',
    '"-infinity"',
  ],
  ...[
    '"294276-12-31T23:59:59Z"',
    '"294277-01-01"',
    '"4713-01-01 BC"',
    '"4714-01-01 BC"',
    '"0001-01-01"',
  ],
  ...['"99999-01-01"', '"2024-02-30"', '"2024-01-01T00:00:00+99:00"', '"allballs"', '"2024"'],
];

const INTERVALS = [
  ...["null", "0", '""', '"0"', '"-1 day"', '"1 microsecond"', '"infinity"', '"-infinity"', '"x"'],
  ...['"178000000 years"', '"-178000000 years"', '"2147483647 months"', '"366 days"', "{}"],
];

function arrays(random: Random): string[] {
  return [
    ...["null", "[]", "[null]", '[""]', '["  "]', "[[]]", '[["a"],["b"]]', '[["a","b"],["c"]]'],
    ...['[[["a"]]]', '"{}"', '"{NULL}"', '"[0:1]={a,b}"', '"{{a,b},{c,d}}"', '"{unclosed"'],
    ...['"text"', '{"a":1}', "1", '["\\u0000"]', '["\\ud800"]', '["a",null,"b"]', '["a","a"]'],
    JSON.stringify(["x".repeat(100_000)]),
    JSON.stringify(Array.from({ length: 10_000 }, (_, index) => `item ${index}`)),
    JSON.stringify([noise(8000, random)]),
  ];
}

function objects({ other }: Parties, random: Random): string[] {
  const deep = (open: string, close: string): string => open.repeat(1000) + close.repeat(1000);
  return [
    ...["null", "true", "0", '""', '"text"', "[]", "{}", "[null]", "[[]]", '{"":""}', '"{}"'],
    deep("[", "]"),
    `${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`,
    JSON.stringify({ a: "x".repeat(100_000) }),
    JSON.stringify({ a: noise(20_000, random) }),
    JSON.stringify(
      Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index])),
    ),
    JSON.stringify(Array.from({ length: 2000 }, () => ({}))),
    ...['{"a":"\\u0000"}', '{"a":"\\ud800"}', '{"a":1e400}', '{"a":1e200000}', '{"a":1,"a":2}'],
    '{"__proto__":{"role":"admin"},"constructor":1}',
    JSON.stringify({ user_id: other.id, role: "admin", id: other.ids[0] }),
    JSON.stringify([{ user_id: other.id, amount: -1 }]),
  ];
}

const dimensions = (count: number, value: string): string =>
  `"[${Array.from({ length: count }, () => value).join(",")}]"`;
const VECTORS = [
  ...["null", '"[]"', '"[1,2]"', "[1,2]", '"x"', '""', "1", "{}"],
  ...[
    dimensions(768, "0"),
    dimensions(768, "NaN"),
    dimensions(768, "Infinity"),
    dimensions(768, "1e39"),
  ],
  ...[
    dimensions(768, "1e-45"),
    dimensions(768, "3e38"),
    dimensions(769, "1"),
    dimensions(17_000, "1"),
  ],
];
