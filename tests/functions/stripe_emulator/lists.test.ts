import { expect, test } from "vitest";
import { emulator } from "./harness.ts";

test("pages follow their cursors in both directions", async () => {
  const { stripe } = await emulator();
  const ids: string[] = [];
  for (let i = 0; i < 5; i += 1) ids.unshift((await stripe.customers.create()).id);
  const idsOf = (list: { data: { id: string }[] }) => list.data.map((each) => each.id);

  const first = await stripe.customers.list({ limit: 2 });
  expect(idsOf(first)).toEqual(ids.slice(0, 2));
  expect(first.has_more).toBe(true);
  const last = await stripe.customers.list({ limit: 3, starting_after: String(ids[1]) });
  expect(idsOf(last)).toEqual(ids.slice(2));
  expect(last.has_more).toBe(false);
  const back = await stripe.customers.list({ limit: 2, ending_before: String(ids[3]) });
  expect(idsOf(back)).toEqual(ids.slice(1, 3));
  expect(await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 })).toHaveLength(
    5,
  );
  await expect(stripe.customers.list({ starting_after: "cus_0" })).rejects.toMatchObject({
    code: "resource_missing",
    param: "starting_after",
  });
  await expect(stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ param: "limit" });
});

test("events are found by type and by time", async () => {
  let now = 1_800_000_000_000;
  const { stripe } = await emulator({ now: () => now });
  const product = await stripe.products.create({ name: "Old" });
  now += 60_000;
  await stripe.products.update(product.id, { name: "New", metadata: { a: "1" } });
  await stripe.customers.create();

  const since = await stripe.events.list({ created: { gte: now / 1000 } });
  expect(since.data.map((each) => each.type)).toEqual(["customer.created", "product.updated"]);
  const exact = await stripe.events.list({ created: now / 1000 - 60 });
  expect(exact.data.map((each) => each.type)).toEqual(["product.created"]);
  const products = await stripe.events.list({ types: ["product.created", "product.updated"] });
  expect(products.data).toHaveLength(2);
  expect((await stripe.events.list({ type: "product.*" })).data).toHaveLength(2);

  const [updated] = products.data;
  expect(updated?.data).toMatchObject({
    object: { name: "New" },
    previous_attributes: { name: "Old", metadata: {}, updated: now / 1000 - 60 },
  });
  expect(updated?.request?.id).toMatch(/^req_/);
  expect(await stripe.events.retrieve(String(updated?.id))).toMatchObject({ id: updated?.id });
});

test("prices are found by product, key and state", async () => {
  const { stripe } = await emulator();
  const product = await stripe.products.create({ name: "Pack" });
  const price = await stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 500,
    lookup_key: "pack_500",
  });
  await stripe.prices.create({
    currency: "usd",
    unit_amount: 900,
    product_data: { name: "Other" },
  });
  const filters = [
    { product: product.id },
    { lookup_keys: ["pack_500"] },
    { active: true, limit: 1, ending_before: undefined, product: product.id },
  ];
  for (const filter of filters) {
    const found = await stripe.prices.list(filter as { product: string });
    expect(found.data.map((each) => each.id)).toEqual([price.id]);
  }
  await stripe.prices.update(price.id, { active: false });
  expect((await stripe.prices.list({ active: false })).data).toHaveLength(1);
});
