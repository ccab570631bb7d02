begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 6);
create temporary table usage as
select t.id from public.credit_transactions as t where t.transaction_type = 'usage';
grant select on usage to public;
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');

select is(
  (select (public.admin_refund_usage(u.id, 'aaaaaaaa-0000-4000-8000-000000000001', 2, 'Half bad')).balance_after from usage as u), 6, 'of six, two'
);

select * from finish();
rollback;
