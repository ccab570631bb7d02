import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "./database.ts";
import { messageOf } from "./stack_error.ts";

const BATCH = 50;
const IN_FLIGHT = 100;
// PGlite's writes all pass through this process, which looks after each; what remains is what cron
// jobs and the stack's own statements enqueue. A server is written to by others too.
const POLL_EMBEDDED_MS = 250;
const POLL_SERVER_MS = 30;
const PURGE_MS = 600_000;
const PAUSE_AFTER_ERROR_MS = 1_000;
const CONTENT_LIMIT = 100_000;

interface Queued {
  id: string;
  method: string;
  url: string;
  headers: Record<string, string> | null;
  body: string | null;
  timeout: number;
}

export interface HttpQueue {
  // There may be something to send.
  wake(): void;
  stop(): Promise<void>;
}

// pg_net's part: takes requests off net.http_request_queue after their commit and sends each at
// most once; answers are kept in net._http_response.
export function startHttpQueue(db: Database, onError: (text: string) => void): HttpQueue {
  const sending = new Set<Promise<void>>();
  let draining: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const drain = async () => {
    do {
      again = false;
      while (!stopped && sending.size < IN_FLIGHT) {
        const batch = await take(db);
        for (const request of batch) {
          const one = deliver(db, request)
            .catch((error: unknown) => onError(`http queue: ${messageOf(error)}`))
            .finally(() => sending.delete(one));
          sending.add(one);
        }
        if (batch.length < BATCH) break;
      }
    } while (again && !stopped);
  };

  const wake = () => {
    again = true;
    if (stopped || draining) return;
    draining = drain()
      .catch(async (error: unknown) => {
        onError(`http queue: ${messageOf(error)}`);
        await wait(PAUSE_AFTER_ERROR_MS);
      })
      .finally(() => {
        draining = undefined;
      });
  };

  const poll = setInterval(wake, db.embedded ? POLL_EMBEDDED_MS : POLL_SERVER_MS);
  const purge = setInterval(() => {
    db.exec("delete from net._http_response where created < now() - interval '6 hours'").catch(
      (error: unknown) => onError(`http queue: ${messageOf(error)}`),
    );
  }, PURGE_MS);

  return {
    wake,
    async stop() {
      stopped = true;
      clearInterval(poll);
      clearInterval(purge);
      await draining;
      await Promise.all(sending);
    },
  };
}

// Deleted before it is sent: a stack that dies in between loses the request, and never repeats it.
function take(db: Database): Promise<Queued[]> {
  return db.query<Queued>(`
    with taken as (
      select q.id from net.http_request_queue as q
      order by q.id limit ${BATCH} for update skip locked
    )
    delete from net.http_request_queue as q
    using taken as t
    where q.id = t.id
    returning
      q.id::text as id, q.method, q.url, q.headers,
      convert_from(q.body, 'UTF8') as body, q.timeout_milliseconds as timeout
  `);
}

async function deliver(db: Database, request: Queued): Promise<void> {
  const answer = await send(request);
  await db.query(
    `insert into net._http_response
       (id, status_code, content_type, headers, content, timed_out, error_msg)
     values ($1::text::bigint, $2, $3, $4::text::jsonb, $5, $6, $7)`,
    [
      request.id,
      answer.status ?? null,
      answer.headers?.["content-type"] ?? null,
      answer.headers ? JSON.stringify(answer.headers) : null,
      answer.content?.replaceAll("\0", "").slice(0, CONTENT_LIMIT) ?? null,
      answer.timedOut,
      answer.error ?? null,
    ],
  );
}

interface Answer {
  status?: number;
  headers?: Record<string, string>;
  content?: string;
  timedOut: boolean;
  error?: string;
}

async function send(request: Queued): Promise<Answer> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      body: request.method === "GET" ? null : request.body,
      redirect: "manual",
      signal: AbortSignal.timeout(Math.max(request.timeout, 1)),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      content: await response.text(),
      timedOut: false,
    };
  } catch (error) {
    const timedOut = (error as Error).name === "TimeoutError";
    return {
      timedOut,
      error: timedOut ? `Timeout of ${request.timeout} ms reached` : messageOf(error),
    };
  }
}
