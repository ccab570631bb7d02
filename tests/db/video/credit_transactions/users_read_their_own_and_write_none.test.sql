begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 7, 'bonus');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 5, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq('select user_id, amount from video.credit_transactions', $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 7) $$, 'their own');
select throws_ok(
  $$ insert into video.credit_transactions (user_id, amount) values ('aaaaaaaa-0000-4000-8000-000000000001', 1000) $$,
  '42501', null, 'credits are not minted'
);
select throws_ok(
  $$ insert into video.credit_transactions (user_id, amount, transaction_type) values ('aaaaaaaa-0000-4000-8000-000000000001', 1000, 'bonus') $$,
  '0A000', null, 'whatever they are called'
);
select throws_ok('update video.credit_transactions set amount = 1000', '42501', null, 'nor changed');
select throws_ok('delete from video.credit_transactions', '42501', null, 'nor deleted');
select tests.authenticate_as_anon();
select throws_ok('select 1 from video.credit_transactions', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from video.credit_transactions), 2::bigint, 'an admin sees all');

select * from finish();
rollback;
