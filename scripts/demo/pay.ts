import { DemoError } from "./result.ts";

const TIMEOUT_MS = 10_000;

// Opens the checkout page and sends its form, as a buyer's browser does. Where it is sent back to.
export async function payOnEmulator(url: string): Promise<string> {
  const page = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const html = await page.text();
  if (!page.ok || !/value="pay"/.test(html)) {
    throw new DemoError(`The demo failed to open the checkout page: it answers ${page.status}.`);
  }
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams({ action: "pay" }),
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const location = answer.headers.get("location");
  if (answer.status !== 303 || !location) {
    throw new DemoError(`The demo failed to pay: the checkout page answers ${answer.status}.`);
  }
  return location;
}
