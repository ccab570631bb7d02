import { expect, test } from "vitest";
import { formatMoney } from "../../../scripts/local/stripe/money.ts";
import { emulator, PACK } from "./harness.ts";

async function opened() {
  const running = await emulator();
  const session = await running.stripe.checkout.sessions.create(PACK);
  const url = String(session.url);
  const show = async () => (await fetch(url)).text();
  const click = (action: string, email = "ada@example.com") =>
    fetch(url, {
      method: "POST",
      body: new URLSearchParams({ action, email }),
      redirect: "manual",
    });
  const read = () => running.stripe.checkout.sessions.retrieve(session.id);
  return { ...running, click, read, session, show, url };
}

test("the page shows item, price and currency, and escapes what it shows", async () => {
  const { show, url } = await opened();
  const page = await show();
  for (const part of ["500 credits", "2 × $9.99", "$19.98", "USD", "ada@example.com"]) {
    expect(page).toContain(part);
  }
  expect(page).toContain("For &lt;b&gt;print&lt;/b&gt;");
  expect(page).not.toMatch(/<script|src=|<link/);
  const { headers } = await fetch(url);
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
});

test("Pay goes to success_url with the session's id, also when clicked twice", async () => {
  const { click, read, session, show } = await opened();
  const responses = [await click("pay", "bob@example.com"), await click("pay")];
  for (const response of responses) {
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe(
      `https://app.example.com/done?session=${session.id}`,
    );
  }
  expect(await read()).toMatchObject({
    payment_status: "paid",
    customer_details: { email: "bob@example.com" },
  });
  expect(await show()).toContain("<h1>Paid</h1>");
});

test.each([
  ["arrive", "paid", "<h1>Paid</h1>"],
  ["bounce", "unpaid", "The payment failed"],
])("Pay later, then %s", async (ending, status, text) => {
  const { click, read, show } = await opened();
  expect((await click("later")).status).toBe(303);
  expect(await read()).toMatchObject({ status: "complete", payment_status: "unpaid" });
  expect(await show()).toContain("The money is on its way");
  expect((await click(ending)).status).toBe(303);
  expect(await read()).toMatchObject({ payment_status: status });
  expect(await show()).toContain(text);
});

test("Cancel goes back and leaves the session open", async () => {
  const { click, read } = await opened();
  const response = await click("cancel");
  expect(response.headers.get("location")).toBe(PACK.cancel_url);
  expect((await read()).status).toBe("open");
});

test("an expired or unknown session says so", async () => {
  const { click, read, session, show, stripe, url } = await opened();
  await stripe.checkout.sessions.expire(session.id);
  expect(await show()).toContain("expired");
  await click("pay");
  expect(await read()).toMatchObject({ status: "expired", payment_status: "unpaid" });
  const missing = await fetch(url.replace(session.id, "cs_0"));
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain("There is no such page");
  const root = await fetch(new URL("/", url));
  expect([root.status, await root.text()]).toEqual([200, expect.stringContaining("/v1")]);
  expect((await fetch(new URL("/nothing", url))).status).toBe(404);
  expect((await click("steal")).status).toBe(400);
});

test.each([
  [1999, "usd", "$19.99"],
  [500, "jpy", "¥500"],
  [1234, "kwd", "KWD 1.234"],
  [500, "isk", "ISK 5"],
])("%d %s is shown as %s", (amount, currency, text) => {
  expect(formatMoney(amount, currency).replaceAll("\u00a0", " ")).toBe(text);
});
