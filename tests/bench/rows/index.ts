import type { Row } from "../lib/types.ts";
import { batch } from "./batch.ts";
import { billingYear } from "./billing_year.ts";
import { doorbell } from "./doorbell.ts";
import { history } from "./history.ts";
import { holds } from "./holds.ts";
import { hotAccount } from "./hot_account.ts";
import { jobThroughput } from "./job_throughput.ts";
import { latency } from "./latency.ts";
import { lists } from "./lists.ts";
import { media } from "./media.ts";
import { pgledger } from "./pgledger.ts";
import { reaper } from "./reaper.ts";
import { search } from "./search.ts";
import { snapshot } from "./snapshot.ts";
import { spends } from "./spends.ts";
import { stripeWebhook } from "./stripe_webhook.ts";
import { webhooks } from "./webhooks.ts";

/** In the order of the report. */
export const ROWS: Row[] = [
  spends,
  pgledger,
  hotAccount,
  batch,
  holds,
  history,
  jobThroughput,
  media,
  snapshot,
  doorbell,
  latency,
  reaper,
  lists,
  search,
  webhooks,
  billingYear,
  stripeWebhook,
];
