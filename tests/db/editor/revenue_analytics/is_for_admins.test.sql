begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 100, 'purchase', p_cause_type => 'stripe_payment', p_cause_id => 'pi_1'
);
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 50, 'purchase');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from editor.revenue_analytics', 'a user sees nothing');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.revenue_analytics', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(
  'select * from editor.revenue_analytics',
  $$ values (date_trunc('month', now(), 'UTC'), 'purchase', 2::bigint, 150::bigint, 1::bigint) $$,
  'an admin sees the sales of a month'
);
select is(
  array(
    select a.attname::text from pg_attribute as a
    where a.attrelid = 'editor.revenue_analytics'::regclass and a.attnum > 0 order by a.attnum
  ),
  array['month', 'transaction_type', 'transaction_count', 'total_credits', 'paid_transactions'],
  'the document''s columns'
);
select tests.authenticate_as_service();
select is((select count(*) from editor.revenue_analytics), 1::bigint, 'so does the service');

select * from finish();
rollback;
