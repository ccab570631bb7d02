begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits(
  'aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus', p_expires_at => now() + interval '1 day'
);
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, p_expires_in => '300 days');
select private.lock_account('aaaaaaaa-0000-4000-8000-000000000001', now() + interval '12 hours');
update public.credit_accounts set next_expiry_at = 'infinity';
select private.release_hold(h.id) from public.credit_holds as h;

select is(
  (select a.next_expiry_at from public.credit_accounts as a), now() + interval '1 day',
  'a lot that is spendable again will be swept'
);

select * from finish();
rollback;
