import { expect, test, vi } from "vitest";
import { logLine } from "../../../functions/_shared/log.ts";
import { redact } from "../../../functions/_shared/redact.ts";

const JWT = `eyJhbGciOiJIUzI1NiJ9.${"a".repeat(20)}.${"b".repeat(20)}`;

test.each([
  ["a signed URL", "https://x.test/storage/a.png?token=abc#t", "https://x.test/storage/a.png"],
  [
    "a password in a URL",
    "postgres is at https://me:pw@x.test/a",
    "postgres is at https://x.test/a",
  ],
  ["an e-mail address", "draw jo@example.com", "draw [email]"],
  ["a bearer token", "Bearer abc.def", "Bearer [removed]"],
  ["a JWT", `with ${JWT}`, "with [removed]"],
  ["a key of Supabase", "sb_secret_0123456789abcdef", "[removed]"],
  ["a key of Stripe", "key sk_live_0123456789abcdef", "key [removed]"],
  ["nothing of a plain prompt", "a skateboard on the risky sky", "a skateboard on the risky sky"],
])("%s is taken out", (_name, given, kept) => {
  expect(redact(given)).toBe(kept);
});

test("what is secret by its name goes, wherever it lies; long texts are cut", () => {
  const given = { a: [{ api_key: "x", Authorization: "y", size: 3 }], prompt: "p".repeat(300) };
  expect(redact(given)).toEqual({
    a: [{ api_key: "[removed]", Authorization: "[removed]", size: 3 }],
    prompt: `${"p".repeat(200)}…`,
  });
});

test("a text is never cut through a character", () => {
  const cut = String(redact("😀".repeat(300)));
  expect(cut).toBe(`${"😀".repeat(200)}…`);
});

test("a log line is JSON, with the causes of an error and without secrets", () => {
  const write = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const cause = new Error("GET https://x.test/a?token=abc failed");
  logLine("error", "job_failed", { job_id: "1", error: new Error("outer", { cause }) });
  const line = String(write.mock.calls[0]?.[0]);
  expect(JSON.parse(line)).toMatchObject({
    level: "error",
    event: "job_failed",
    error: { message: "outer", cause: { message: "GET https://x.test/a failed" } },
  });
  write.mockRestore();
});
