begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 4);

select is((select a.balance from public.credit_accounts as a), 2, 'both were spent');

select * from finish();
rollback;
