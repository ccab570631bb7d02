begin;
select plan(30);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok('select * from public.' || c.call, '42501', null, c.call)
from (
  values
    ('grant_credits(gen_random_uuid(), 1, ''bonus'')'),
    ('spend_credits(gen_random_uuid(), 1)'),
    ('spend_credits_batch(null)'),
    ('hold_credits(gen_random_uuid(), 1)'),
    ('capture_hold(gen_random_uuid())'),
    ('release_hold(gen_random_uuid())'),
    ('claim_jobs(null)'),
    ('start_job(gen_random_uuid(), null)'),
    ('route_job(gen_random_uuid(), null, null)'),
    ('heartbeat_job(gen_random_uuid(), null)'),
    ('snooze_job(gen_random_uuid(), null, now())'),
    ('complete_job(gen_random_uuid(), null)'),
    ('complete_jobs(null)'),
    ('fail_job(gen_random_uuid(), null, ''No.'')'),
    ('record_provider_callback(null, null, null)'),
    ('record_api_usage(gen_random_uuid(), ''p'', ''o'')'),
    ('attach_checkout(gen_random_uuid(), ''cs_1'', ''u'')'),
    ('record_webhook_event(null, null)'),
    ('replay_webhook_event(gen_random_uuid())'),
    ('stale_billing_objects()'),
    ('record_fetched_object(null, null)'),
    ('attach_subscription_checkout(gen_random_uuid(), ''cs_1'', ''u'')'),
    ('release_subscription_checkout(gen_random_uuid())'),
    ('decide_subscription_checkout(gen_random_uuid(), ''[]'', ''[]'')'),
    ('decide_subscription_change(gen_random_uuid(), ''{}'')'),
    ('finish_subscription_change(gen_random_uuid(), true)'),
    ('claim_stripe_customer(gen_random_uuid(), ''cus_1'')'),
    ('missing_webhook_events(''stripe'', ''{}'')'),
    ('unlisted_catalogue(''stripe'', ''{}'')'),
    ('abandoned_subscriptions(1)')
) as c (call);

select * from finish();
rollback;
