import { expect, test } from "vitest";
import { ApiError } from "../../../functions/_shared/api_error.ts";
import { checkReturnUrl } from "../../../functions/_shared/return_url.ts";
import { checkoutFunction, REQUEST } from "./harness.ts";

const ALLOWED = ["https://good.example", "http://localhost:3000"];

test.each([
  ["https://good.example", "https://good.example/"],
  ["https://good.example/a?b=c#d", "https://good.example/a?b=c#d"],
  ["https://GOOD.example:443/a", "https://good.example/a"],
  ["http://localhost:3000/a", "http://localhost:3000/a"],
  ["https://good.example/{CHECKOUT_SESSION_ID}", "https://good.example/{CHECKOUT_SESSION_ID}"],
  [
    "https://good.example/?s={CHECKOUT_SESSION_ID}",
    "https://good.example/?s={CHECKOUT_SESSION_ID}",
  ],
  // Another parser would see evil.example here: what is handed on leaves it no doubt.
  ["https://good.example\\@evil.example/", "https://good.example/@evil.example/"],
  ["https:good.example/a", "https://good.example/a"],
  [" https://good.exam\nple/a", "https://good.example/a"],
])("%j is allowed as %s", (text, url) => {
  expect(checkReturnUrl(text, ALLOWED)).toBe(url);
});

const FOREIGN = [
  "https://evil.example/",
  "https://good.example.evil.com/",
  "https://evilgood.example/",
  "https://sub.good.example/",
  "https://good.example:8443/",
  "https://good.example./",
  "http://good.example/",
  "http://localhost:3001/",
  "https://good.example@evil.example/",
  "https://good.example:pass@evil.example/",
  "https://user@good.example/",
  "https://evil.example/https://good.example/",
  "https://evil.example#https://good.example",
  "https://evil.example\\@good.example/",
  "//good.example/",
  "/relative",
  "good.example",
  "javascript:alert(1)",
  "javascript://good.example/%0aalert(1)",
  "data:text/html,hi",
  "blob:https://good.example/1",
  "ftp://good.example/",
  "https://gооd.example/", // with Cyrillic letters
  "https://",
  "",
];

test.each(FOREIGN)("%j is refused", (text) => {
  expect(() => checkReturnUrl(text, ALLOWED)).toThrow(ApiError);
});

test("an empty list allows nothing", () => {
  expect(() => checkReturnUrl("https://good.example/", [])).toThrow(ApiError);
});

test.each(["success_url", "cancel_url"])(
  "the function checks %s before it asks anyone",
  async (name) => {
    const { create, post } = await checkoutFunction();
    const answer = await post({ ...REQUEST, [name]: "https://good.example.evil.com/" });
    expect(answer).toMatchObject({ status: 400, code: "return_url_not_allowed" });
    expect(create).not.toHaveBeenCalled();
  },
);
