begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits(u.id, 20, 'bonus') from public.profiles as u;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is((select count(*) from editor.credit_transactions), 1::bigint, 'a user sees their own');
select throws_ok(
  $$
    insert into editor.credit_transactions (user_id, amount, balance_before, balance_after)
    values ('aaaaaaaa-0000-4000-8000-000000000001', 1000, 0, 1000)
  $$,
  '42501', null, 'and inserts none'
);
select throws_ok('update editor.credit_transactions set amount = 1000', '42501', null, 'changes none');
select throws_ok('delete from editor.credit_transactions', '42501', null, 'deletes none');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.credit_transactions', '42501', null, 'anon may not look');
select tests.authenticate_as_service();
select throws_ok('insert into editor.credit_transactions (amount) values (1)', '42501', null, 'the service inserts none');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from editor.credit_transactions), 2::bigint, 'an admin sees all');
select throws_ok('update editor.credit_transactions set amount = 1000', '42501', null, 'and changes none');

select * from finish();
rollback;
