begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table hold as select h.id from public.credit_holds as h;
select private.release_hold(id, now()) from hold;

select results_eq(
  $$
    select (r).status, (r).ended_at
    from (select private.release_hold(id, now() + interval '1 minute') as r from hold)
  $$,
  $$ values ('released', now()) $$,
  'a repeated release returns the row as it is'
);
select is((select a.balance from public.credit_accounts as a), 10, 'and gives nothing back twice');

select * from finish();
rollback;
