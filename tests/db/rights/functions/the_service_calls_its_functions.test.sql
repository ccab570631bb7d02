-- A refusal in words says that the call went through to the function.
begin;
select plan(30);

select tests.authenticate_as_service();

select throws_ok('select * from public.' || c.call, c.code, c.word, c.call)
from (
  values
    ('grant_credits(gen_random_uuid(), 1, ''bonus'')', 'PT404', 'account_not_found'),
    ('spend_credits(gen_random_uuid(), 1)', 'PT404', 'account_not_found'),
    ('spend_credits_batch(null)', 'PT400', 'batch_invalid'),
    ('hold_credits(gen_random_uuid(), 1)', 'PT404', 'account_not_found'),
    ('capture_hold(gen_random_uuid())', 'PT404', 'hold_not_found'),
    ('release_hold(gen_random_uuid())', 'PT404', 'hold_not_found'),
    ('claim_jobs(null)', 'PT400', 'argument_missing'),
    ('start_job(gen_random_uuid(), null)', 'PT404', 'job_not_found'),
    ('route_job(gen_random_uuid(), null, null)', 'PT404', 'job_not_found'),
    ('heartbeat_job(gen_random_uuid(), null)', 'PT404', 'job_not_found'),
    ('snooze_job(gen_random_uuid(), null, now())', 'PT404', 'job_not_found'),
    ('complete_job(gen_random_uuid(), null)', 'PT404', 'job_not_found'),
    ('complete_jobs(null)', 'PT400', 'batch_invalid'),
    ('fail_job(gen_random_uuid(), null, ''No.'')', 'PT404', 'job_not_found'),
    ('record_provider_callback(null, null, null)', 'PT400', 'argument_missing'),
    ('record_api_usage(gen_random_uuid(), ''p'', ''o'')', 'PT404', 'job_not_found'),
    ('attach_checkout(gen_random_uuid(), ''cs_1'', ''u'')', 'PT404', 'checkout_not_found'),
    ('record_webhook_event(null, null)', 'PT400', 'source_unknown'),
    ('replay_webhook_event(gen_random_uuid())', 'PT404', 'event_not_found'),
    ('stale_billing_objects(0)', 'PT400', 'limit_invalid'),
    ('record_fetched_object(null, null)', 'PT400', 'source_unknown'),
    ('attach_subscription_checkout(gen_random_uuid(), ''cs_1'', ''u'')', 'PT404', 'checkout_not_found'),
    ('release_subscription_checkout(gen_random_uuid())', 'PT404', 'checkout_not_found'),
    ('decide_subscription_checkout(gen_random_uuid(), ''[]'', ''[]'')', 'PT404', 'checkout_not_found'),
    ('decide_subscription_change(gen_random_uuid(), ''{}'')', 'PT404', 'change_not_found'),
    ('finish_subscription_change(gen_random_uuid(), true)', 'PT404', 'change_not_found'),
    ('claim_stripe_customer(gen_random_uuid(), '' '')', 'PT400', 'argument_missing'),
    ('missing_webhook_events(null, ''{}'')', 'PT400', 'source_unknown'),
    ('unlisted_catalogue(''stripe'', null)', 'PT400', 'argument_missing'),
    ('abandoned_subscriptions(0)', 'PT400', 'limit_invalid')
) as c (call, code, word);

select * from finish();
rollback;
