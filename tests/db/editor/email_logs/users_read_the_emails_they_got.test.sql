begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as_service();
select lives_ok(
  $$
    insert into editor.email_logs (user_id, status)
    values ('aaaaaaaa-0000-4000-8000-000000000001', 'sent'), ('bbbbbbbb-0000-4000-8000-000000000002', 'sent')
  $$, 'the service writes'
);
select lives_ok('update editor.email_logs set status = ''delivered'', delivered_at = now()', 'what became of them');
select throws_ok('update editor.email_logs set status = ''lost''', '23514', null, 'in the document''s words');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  'select user_id, status from editor.email_logs', $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'delivered') $$,
  'a user reads their own'
);
select throws_ok('insert into editor.email_logs (status) values (''sent'')', '42501', null, 'and writes none');
select throws_ok('update editor.email_logs set status = ''opened''', '42501', null, 'nor changes one');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.email_logs', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is((select count(*) from editor.email_logs), 2::bigint, 'an admin reads all');

select * from finish();
rollback;
