import { isPassing } from "./database_answers.ts";

const FIRST_WAIT_MS = 200;
const MAX_WAIT_MS = 5_000;

// Tells the database how a job ended, again and again while it does not answer and `forMs` lasts.
// Giving up loses nothing: the lease runs out and the job runs again.
export async function persist<T>(call: () => Promise<T>, forMs: number): Promise<T> {
  const until = Date.now() + forMs;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(MAX_WAIT_MS, wait * 2)) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error) || Date.now() + wait >= until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
