import type { Turn } from "./turn.ts";

const account = "public.credit_accounts where user_id = :me";
const profile = "public.profiles where id = :me";
const hold =
  "(select h.id from public.credit_holds as h where h.user_id = :me and h.expires_at is not null limit 1)";

export const ledger: Turn[] = [
  {
    what: "a request of a user whose profile changes",
    row: profile,
    call: "select private.require_present(:me)",
    waitsIn: "require_present",
  },
  {
    what: "a spend",
    row: account,
    call: "select private.spend_credits(:me, 1)",
    waitsIn: "spend_credits",
  },
  {
    what: "many spends",
    row: account,
    call: `select * from private.spend_credits_batch(jsonb_build_array(jsonb_build_object('user_id', :me, 'amount', 1)))`,
    waitsIn: "spend_credits_batch",
  },
  {
    what: "a grant",
    row: account,
    call: "select private.grant_credits(:me, 1, 'bonus')",
    waitsIn: "lock_account",
  },
  {
    what: "the end of a hold",
    row: `public.credit_holds where id = ${hold}`,
    call: `select private.release_hold(${hold})`,
    waitsIn: "lock_hold",
  },
  {
    what: "the end of an account",
    row: account,
    call: "select private.close_account(:me)",
    waitsIn: "close_account",
  },
  {
    what: "a count of storage",
    row: account,
    call: "select private.count_storage()",
    waitsIn: "count_storage",
  },
  {
    what: "another threshold for low balances",
    row: account,
    call: "select private.set_low_balance_threshold(77)",
    waitsIn: "set_low_balance_threshold",
  },
  {
    what: "a second look at a balance",
    row: account,
    call: "select private.look_again(:me)",
    waitsIn: "look_again",
  },
  {
    what: "a balance that fell, of a user whose profile changes",
    row: profile,
    call: "select private.handle_crossing(:me)",
    waitsIn: "handle_crossing",
  },
];
