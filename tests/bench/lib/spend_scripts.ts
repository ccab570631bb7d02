import { userId } from "./fixtures.ts";

/** One spend of a random user; keys are random enough never to meet. */
export const spend = (users: number, withKey = true): string => `
\\set n random(1, ${users})
${key("k", withKey)}
select public.spend_credits(${userId(":n")}, 1${withKey ? ", p_idempotency_key => 'spend-' || :k::text" : ""});
`;

/** A pgbench variable with a random number for a key. */
export const key = (name: string, wanted = true): string =>
  wanted ? `\\set ${name} random(1, 9000000000000000000)` : "";
