begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_expires_in => '10 minutes');
create temporary table hold as select h.id from public.credit_holds as h;

select private.expire_hold(id, now() + interval '9 minutes') from hold;
select is((select h.status from public.credit_holds as h), 'held', 'not before');
select private.expire_hold(id, now() + interval '10 minutes') from hold;
select results_eq(
  'select status, ended_at from public.credit_holds',
  $$ values ('expired', now() + interval '10 minutes') $$, 'at its deadline'
);
select results_eq('select balance, held from public.credit_accounts', 'values (10, 0)', 'the credits are back');
select is((select count(*) from public.credit_transactions), 1::bigint, 'and nothing is posted');
select private.expire_hold(id, now() + interval '20 minutes') from hold;
select is((select a.balance from public.credit_accounts as a), 10, 'a second sweep changes nothing');

select * from finish();
rollback;
