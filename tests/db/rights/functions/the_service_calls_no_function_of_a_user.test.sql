begin;
select plan(10);

select tests.authenticate_as_service();

select throws_ok('select * from public.' || c.call, '42501', null, c.call)
from (
  values
    ('whoami()'), ('ensure_profile()'), ('my_credits()'), ('my_storage()'), ('cancel_job(gen_random_uuid())'),
    ('create_checkout(gen_random_uuid(), ''k'')'),
    ('begin_subscription_checkout(gen_random_uuid(), ''k'')'),
    ('begin_subscription_change(''cancel'', null, ''k'')'),
    ('billing_customer()'),
    ('admin_sync_catalogue()')
) as c (call);

select * from finish();
rollback;
