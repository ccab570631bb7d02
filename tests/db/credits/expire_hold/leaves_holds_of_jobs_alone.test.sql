begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_expires_in => null);
select private.expire_hold(h.id, now() + interval '10 years') from public.credit_holds as h;

select is((select h.status from public.credit_holds as h), 'held', 'a hold without a deadline stays');

select * from finish();
rollback;
