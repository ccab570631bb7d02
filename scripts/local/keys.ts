import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { generateApiKey } from "@supabase/lite";
import { z } from "zod";
import { StackError } from "./stack_error.ts";

const keysSchema = z.object({
  publishable: z.string().startsWith("sb_publishable_"),
  secret: z.string().startsWith("sb_secret_"),
  jwtSecret: z.string().min(32),
  workerSecret: z.string().min(32),
  providerWebhookSecret: z.string().min(32),
  stripeSecretKey: z.string().startsWith("sk_test_"),
  stripeWebhookSecret: z.string().startsWith("whsec_"),
});

export type Keys = z.output<typeof keysSchema>;

// Kept between runs, so that a front end's .env stays right and a session outlives a restart.
export async function loadKeys(file: string): Promise<Keys> {
  if (existsSync(file)) {
    try {
      return keysSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    } catch {
      throw new StackError(`${file} is not a file of keys: delete it, new keys will be made.`);
    }
  }
  const keys = await makeKeys();
  writePrivate(file, `${JSON.stringify(keys, null, 2)}\n`);
  return keys;
}

async function makeKeys(): Promise<Keys> {
  const random = () => randomBytes(24).toString("hex");
  return {
    publishable: (await generateApiKey("publishable")).key,
    secret: (await generateApiKey("secret")).key,
    jwtSecret: random(),
    workerSecret: random(),
    providerWebhookSecret: random(),
    stripeSecretKey: `sk_test_${random()}`,
    stripeWebhookSecret: `whsec_${random()}`,
  };
}

export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
}
