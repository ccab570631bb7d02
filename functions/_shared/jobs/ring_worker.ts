const TIMEOUT_MS = 5_000;

// Rings the doorbell of the worker function, as the database does.
export async function ringWorker(supabaseUrl: string, secret: string): Promise<void> {
  const response = await fetch(`${supabaseUrl}/functions/v1/worker`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({ type: "doorbell" }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`The worker answered ${response.status} to a ring.`);
}
