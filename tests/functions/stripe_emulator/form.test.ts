import { expect, test } from "vitest";
import { FormError, parseForm } from "../../../scripts/local/stripe/form.ts";

test.each([
  ["a=1&b=x%20y", { a: "1", b: "x y" }],
  ["a[b][c]=1&a[b][d]=2", { a: { b: { c: "1", d: "2" } } }],
  ["l[0][q]=1&l[1][q]=2", { l: [{ q: "1" }, { q: "2" }] }],
  ["l[1]=b&l[0]=a", { l: ["a", "b"] }],
  ["l[]=a&l[]=b", { l: ["a", "b"] }],
  ["m%5Bk%5D=v%26w", { m: { k: "v&w" } }],
  ["", {}],
])("%s", (encoded, expected) => {
  expect(parseForm(encoded)).toEqual(expected);
});

test.each(["a[b=1", "[a]=1", "a]b=1", "a=1&a[b]=2"])("%s is refused", (encoded) => {
  expect(() => parseForm(encoded)).toThrow(FormError);
});

test("__proto__ is a name like any other", () => {
  const parsed = parseForm("__proto__[admin]=1");
  expect(Object.keys(parsed)).toEqual(["__proto__"]);
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
});
