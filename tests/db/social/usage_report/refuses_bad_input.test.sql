begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(format('select social.usage_report(%s)', c.days), 'PT400', 'limit_invalid', c.why)
from (values ('0', 'no day'), ('367', 'more than a year'), ('null', 'null')) as c (days, why);
select tests.authenticate_as_subject('auth0|unknown');
select throws_ok('select social.usage_report()', 'PT403', 'not_signed_in', 'nobody');

select * from finish();
rollback;
