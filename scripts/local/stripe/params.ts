import { z } from "zod";
import { invalid, StripeApiError } from "./errors.ts";
import type { FormObject } from "./form.ts";

// Everything in a form is text; these turn it into what it means.
export const text = z.string().min(1).max(5000);
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, "Invalid integer")
  .transform(Number);
export const flag = z.enum(["true", "false"], "Invalid boolean").transform((v) => v === "true");
export const currency = z
  .string()
  .regex(/^[a-zA-Z]{3}$/, "Invalid currency")
  .toLowerCase();
export const email = z.email("Invalid email address");
export const link = z.url({ protocol: /^https?$/, error: "Not a valid URL" }).max(5000);
export const expand = z.array(z.string()).default([]);

// {"0": "a"} and ["a"] are the same form; as metadata it is the first.
export const metadata = z.preprocess(
  (value) => (Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : value),
  z.record(z.string().max(40), z.string().max(500)),
);

const range = z.strictObject({
  gt: integer.optional(),
  gte: integer.optional(),
  lt: integer.optional(),
  lte: integer.optional(),
});

export const created = z.union([
  integer.transform((exact) => ({ gte: exact, lte: exact, gt: undefined, lt: undefined })),
  range,
]);

export const listParams = {
  created: created.optional(),
  ending_before: text.optional(),
  expand,
  limit: integer.pipe(z.int().min(1).max(100)).default(10),
  starting_after: text.optional(),
};

export function parseParams<T>(schema: z.ZodType<T>, params: FormObject): T {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (!issue) throw new StripeApiError(400, "Invalid request.");
  if (issue.code === "unrecognized_keys") {
    const param = bracketed([...issue.path, issue.keys[0] ?? ""]);
    throw invalid(
      `Received unknown parameter: ${param}. The local emulator knows only what this project uses.`,
      param,
      "parameter_unknown",
    );
  }
  const param = bracketed(issue.path);
  if (valueAt(params, issue.path) === undefined) {
    throw invalid(`Missing required param: ${param}.`, param, "parameter_missing");
  }
  throw invalid(`${issue.message}: ${param}`, param, CODES[issue.message]);
}

const CODES: Record<string, string> = {
  "Invalid email address": "email_invalid",
  "Invalid integer": "parameter_invalid_integer",
  "Not a valid URL": "url_invalid",
};

function bracketed(path: PropertyKey[]): string {
  const [head, ...rest] = path.map(String);
  return [head ?? "", ...rest.map((part) => `[${part}]`)].join("");
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (at === undefined ? undefined : (at as Record<PropertyKey, unknown>)[key]),
    value,
  );
}
