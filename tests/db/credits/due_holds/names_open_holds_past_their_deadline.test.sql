begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, p_expires_in => '2 hours');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 2, p_expires_in => '1 hour');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 3, p_expires_in => null);

select is_empty('select private.due_holds()', 'none yet');
select results_eq(
  $$
    select h.amount
    from private.due_holds(now() + interval '2 hours') as d join public.credit_holds as h on h.id = d
  $$,
  'values (2), (1)', 'the longest due first, and none that its jobs end'
);
select private.expire_hold(d, now() + interval '2 hours') from private.due_holds(now() + interval '2 hours') as d;
select is_empty($$ select private.due_holds(now() + interval '2 hours') $$, 'none after the sweep');
select results_eq('select balance, held from public.credit_accounts', 'values (7, 3)', 'which gave them back');

select * from finish();
rollback;
