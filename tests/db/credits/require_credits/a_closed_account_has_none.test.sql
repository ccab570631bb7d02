begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select lives_ok($$ select private.require_credits(array['aaaaaaaa-0000-4000-8000-000000000001'::uuid], array[10]) $$, 'an open one does');
select private.close_account('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$ select private.require_credits(array['aaaaaaaa-0000-4000-8000-000000000001'::uuid], array[5]) $$, 'PT403', 'account_closed', 'nothing to begin work with'
);

select * from finish();
rollback;
