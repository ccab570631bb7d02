begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'purchase');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 10);
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 5);
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 100, 'purchase');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select transaction_type, transactions, credits from social.usage_report()',
  $$ values ('deduction', 2::bigint, -15::bigint), ('purchase', 1, 100) $$,
  'the caller''s own, by type'
);
select is((select array_agg(distinct day) from social.usage_report(1)), array[(now() at time zone 'UTC')::date], 'by day');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(
  'select transaction_type, credits from social.usage_report(30)', $$ values ('purchase', 100::bigint) $$, 'an admin''s own too'
);
select tests.authenticate_as_anon();
select throws_ok('select social.usage_report()', '42501', null, 'not for anon');

select * from finish();
rollback;
