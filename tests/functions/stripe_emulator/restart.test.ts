import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { emulator, PACK, receiver, WEBHOOK_SECRET } from "./harness.ts";

function dataFile(): string {
  const directory = mkdtempSync(join(tmpdir(), "stripe-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return join(directory, "deeper", "stripe.json");
}

test("a restart keeps objects, keys and what is still to be sent", async () => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  onTestFinished(() => warn.mockRestore());
  const options = { dataFile: dataFile(), webhookSecret: WEBHOOK_SECRET, retryDelaysMs: [] };
  const deaf = await receiver(() => 503);
  const before = await emulator({ ...options, webhookUrl: deaf.url });
  const key = { idempotencyKey: "once" };
  const session = await before.stripe.checkout.sessions.create(PACK, key);
  await before.control(`sessions/${session.id}/pay`);
  await before.emulator.idle();
  await before.close();

  const inbox = await receiver();
  const after = await emulator({ ...options, webhookUrl: inbox.url });
  const read = await after.stripe.checkout.sessions.retrieve(session.id);
  expect(read.payment_status).toBe("paid");
  expect((await after.stripe.checkout.sessions.create(PACK, key)).id).toBe(session.id);
  await after.emulator.idle();
  expect(inbox.types()).toContain("checkout.session.completed");
});

test("a broken file is named", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "stripe-")), "stripe.json");
  onTestFinished(() => rmSync(file));
  writeFileSync(file, "{");
  await expect(emulator({ dataFile: file })).rejects.toThrow(file);
});

test("a taken port is told", async () => {
  const { url } = await emulator();
  const port = Number(new URL(url).port);
  const { startStripeEmulator } = await import("../../../scripts/local/stripe/server.ts");
  await expect(startStripeEmulator({ port, secretKey: "sk_test_x" })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});
