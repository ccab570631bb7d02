import type { Query, Routine } from "./catalogue.ts";
import { nameOf } from "./catalogue.ts";
import type { World } from "./fixture.ts";

/** Arguments with which a call does what it is for: only behind them the next check is reached. */
export type ValidArguments = (routine: Routine) => Record<string, unknown>;

const VECTOR = `[${Array.from({ length: 768 }, () => "0.5").join(",")}]`;

/** By the name of the parameter, and where one name means different things by function. */
export async function validArguments(query: Query, world: World): Promise<ValidArguments> {
  const one = async (text: string, ...values: unknown[]): Promise<Record<string, string>> =>
    (await query<Record<string, string>>(text, values))[0] ?? {};
  const mine = (table: string, more = ""): Promise<Record<string, string>> =>
    one(`select * from ${table} as t where t.user_id = $1 ${more} order by 1 limit 1`, world.me.id);

  const running = await mine("public.jobs", "and t.status = 'processing'");
  const hold = await mine(
    "public.credit_holds",
    "and t.status = 'held' and t.expires_at is not null",
  );
  const usage = await mine("public.credit_transactions", "and t.operation = 'spend'");
  const account = await mine("social.social_accounts");
  const conversation = await mine("social.conversations");
  const model = await mine("social.bertopic_models");
  const preset = await mine("video.style_presets");
  const collection = await mine("editor.image_collections");
  const image = await mine("editor.images", "and t.processed_url is not null");
  const project = await mine("staging.projects");
  const photo = await mine("staging.images");
  const storyboard = await mine("video.storyboard_sequences");
  const chain = await mine("video.tool_preset_chains", "and t.name = 'A chain that runs'");
  const storyboardRun = await mine("video.storyboard_runs");
  const chainRun = await mine("video.tool_chain_runs");
  const generation = await mine("video.generations");
  const opened = await one(
    `insert into public.checkouts (user_id, package_id, idempotency_key, credits, unit_amount, currency)
     select $1, p.id, 'to attach', p.credits, p.unit_amount, p.currency from public.credit_packages as p limit 1
     returning id, package_id`,
    world.me.id,
  );
  const notification = await mine("public.notifications_outbox");
  const plan = await sellPlan(one);
  const begun = await one(
    `insert into private.subscription_checkouts (user_id, plan_id, price_id, idempotency_key)
     values ($1, $2, 'price_fuzz', 'to attach') returning id`,
    // Who has no subscription yet.
    world.admin,
    plan.id,
  );
  const subscription = await mine("public.subscriptions");
  const change = await one(
    `insert into private.subscription_changes (user_id, subscription_id, action, plan_id, idempotency_key)
     values ($1, $2, 'change_plan', $3, 'to decide') returning id`,
    world.me.id,
    subscription.id,
    plan.id,
  );
  const event = await one("select id from public.webhook_events limit 1");

  const byName: Record<string, unknown> = {
    p_user_id: world.me.id,
    p_amount: 1,
    p_transaction_type: "bonus",
    p_description: "words",
    p_metadata: { note: "words" },
    p_idempotency_key: "a key",
    p_expires_in: "1 hour",
    p_reason: "because",
    p_is_active: true,
    p_role: "user",
    p_transaction_id: usage.id,
    p_event_id: event.id,
    p_plan_id: plan.id,
    p_change_id: change.id,
    p_is_done: true,
    p_session_id: "cs_1",
    p_ids: ["evt_1"],
    p_sessions: [{ id: "cs_2", status: "open", mode: "subscription", metadata: {} }],
    p_subscriptions: [{ id: "sub_2", status: "canceled", trial_start: 1_800_000_000 }],
    p_subscription: subscriptionOf(String(subscription.id)),
    p_activity_type: "page_view",
    p_activity_data: { page: "/" },
    p_job_id: running.id,
    p_lock_token: running.lock_token,
    p_result: { files: [] },
    p_error: "It did not work.",
    p_retryable: true,
    p_retry_in: "1 minute",
    p_progress: 50,
    p_run_at: "2040-01-01T00:00:00Z",
    p_state: { provider: "fal", external_id: "task-1" },
    p_completions: [{ job_id: running.id, lock_token: running.lock_token, result: { files: [] } }],
    p_spends: [
      { user_id: world.me.id, amount: 1, description: "words", metadata: {}, idempotency_key: "b" },
    ],
    p_worker: "worker-1",
    p_provider: "fal",
    p_external_id: "external-1",
    p_payload: { status: "done" },
    p_api_provider: "local",
    p_operation_type: "upscale",
    p_hold_id: hold.id,
    p_package_id: opened.package_id,
    p_checkout_id: opened.id,
    p_url: "https://checkout.example.com/1",
    p_stripe_customer_id: "cus_1",
    p_source: "stripe",
    p_event: {
      id: "evt_1",
      type: "checkout.session.completed",
      data: { object: { id: "cs_1", mode: "payment", metadata: {} } },
    },
    p_object: { object: "product", id: "prod_1", name: "A product" },
    p_fetched_at: "2026-01-01T00:00:00Z",
    p_feature: "monthly_limit",
    p_enabled: true,
    p_threshold: 50,
    p_monthly_cap: 100_000,
    p_whop_user_id: "user_1",
    p_lease: "1 minute",
    p_claim_token: notification.claim_token,
    p_operation: "editor.upscale",
    p_variant: "2x",
    p_quantity: 1,
    p_platform: "instagram",
    p_account_id: account.id,
    p_access_token: "token",
    p_refresh_token: "token",
    p_username: "ann",
    p_display_name: "Ann",
    p_profile_url: "https://example.com/ann",
    p_expires_at: "2040-01-01T00:00:00Z",
    p_conversation_id: conversation.id,
    p_model_id: model.id,
    p_thread_id: `thread of ${world.me.id}`,
    p_query: "hello",
    p_embedding: VECTOR,
    p_limit: 5,
    p_offset: 0,
    p_keep: 1,
    p_days: 7,
    p_providers: ["local"],
    p_exclude: [],
    p_model: "",
    p_priority: 10,
    p_weight: 1,
    p_timeout: "1 minute",
    p_max_running: 3,
    p_settings: { input: {} },
    p_name: "local",
    p_fault_limit: 5,
    p_cool_down: "30 seconds",
    p_max_cool_down: "10 minutes",
    p_cost: 0.05,
    p_unit: "image",
    p_credit_value: 0.05,
    p_outcome: "ok",
    p_retry_after: 30,
    p_kind: "style_preset",
    p_id: preset.id,
    p_image_id: image.id,
    p_image_ids: `{${image.id}}`,
    p_input_data: { factor: 2 },
    p_steps: [{ operation_type: "upscale" }, { operation_type: "vectorize" }],
    p_project_id: project.id,
    p_storyboard_id: storyboard.id,
    p_chain_id: chain.id,
    p_options: { model: "veo-fast" },
    p_request: { prompt: "words", model: "veo-fast" },
    p_filename: "room.png",
    p_styles: "{coastal}",
  };
  const byFunction: Record<string, Record<string, unknown>> = {
    "social.connect_account": { p_account_id: "ig-2" },
    "social.connect_account_for": { p_account_id: "ig-2" },
    "editor.public_collection": { p_id: collection.id },
    "editor.deduct_user_credits": { p_transaction_type: "usage" },
    "editor.add_user_credits": {
      p_transaction_type: "purchase",
      p_metadata: { stripe_payment_intent_id: "pi_1", idempotency_key: "c" },
    },
    "public.admin_set_route": { p_provider: "local" },
    "public.finish_notification": { p_id: notification.id },
    "public.attach_subscription_checkout": { p_checkout_id: begun.id },
    "public.decide_subscription_checkout": { p_checkout_id: begun.id },
    "public.release_subscription_checkout": { p_checkout_id: begun.id },
    "public.begin_subscription_change": { p_action: "change_plan", p_idempotency_key: "to decide" },
    "editor.download_image": { p_kind: "processed" },
    "video.cancel_storyboard_run": { p_run_id: storyboardRun.id },
    "video.cancel_tool_chain_run": { p_run_id: chainRun.id },
    "video.delete_tool_chain_run": { p_run_id: chainRun.id },
    "video.retry_generation": { p_id: generation.id },
    "staging.stage_again": { p_image_id: photo.id },
    "public.admin_set_active": { p_user_id: world.other.id },
    "public.admin_set_role": { p_user_id: world.other.id },
  };
  return (routine) =>
    Object.fromEntries(
      routine.parameters
        .map(({ name }) => [name, byFunction[nameOf(routine)]?.[name] ?? byName[name]] as const)
        // Of an unknown one its default, or null.
        .filter(
          ([name, value]) =>
            value !== undefined || !routine.parameters.find((one) => one.name === name)?.optional,
        ),
    );
}

// A plan that can be subscribed to.
async function sellPlan(
  one: (text: string) => Promise<Record<string, string>>,
): Promise<Record<string, string>> {
  await one("insert into public.products (id, name) values ('prod_fuzz', 'Fuzz')");
  await one(
    `insert into public.prices (id, product_id, unit_amount, currency, type, interval)
     values ('price_fuzz', 'prod_fuzz', 1000, 'usd', 'recurring', 'month')`,
  );
  return one("update public.plans set price_id = 'price_fuzz' where code = 'starter' returning id");
}

// A subscription as Stripe has it.
function subscriptionOf(id: string): object {
  const price = { id: "price_old", unit_amount: 500, currency: "usd", product: "prod_fuzz" };
  const period = { current_period_start: 1_800_000_000, current_period_end: 1_802_592_000 };
  return {
    id,
    object: "subscription",
    customer: "cus_1",
    status: "active",
    cancel_at_period_end: false,
    schedule: null,
    pending_update: null,
    created: 1_800_000_000,
    metadata: {},
    items: { object: "list", data: [{ id: "si_1", quantity: 1, price, ...period }] },
  };
}
