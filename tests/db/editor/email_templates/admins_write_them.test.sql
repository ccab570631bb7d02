begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok(
  $$
    insert into editor.email_templates (id, name, subject, html_content)
    values ('66666666-0000-4000-8000-000000000001', 'welcome', 'Hello', '<p>Hello</p>')
  $$, 'an admin writes one'
);
select lives_ok(
  $$
    insert into editor.email_templates (name, subject, html_content, text_content)
    values ('welcome', 'Hello again', '<p>Hello</p>', 'Hello')
    on conflict (name) do update
    set name = excluded.name, subject = excluded.subject, html_content = excluded.html_content, text_content = excluded.text_content
  $$, 'upserts it by its name'
);
select results_eq(
  'select id, subject, text_content, is_active, updated_at from editor.email_templates',
  $$ values ('66666666-0000-4000-8000-000000000001'::uuid, 'Hello again', 'Hello', true, now()) $$, 'and reads it'
);
select throws_ok(
  'insert into editor.email_templates (name, subject, html_content) values ('''', ''s'', ''h'')', '23514', null, 'with the platform''s checks'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from editor.email_templates', 'a user does not see it');
select throws_ok(
  $$ insert into editor.email_templates (name, subject, html_content) values ('x', 's', 'h') $$, '42501', null, 'nor writes one'
);
select is_empty('with changed as (update editor.email_templates set subject = ''x'' returning 1) select * from changed', 'nor changes it');
select is_empty('with gone as (delete from editor.email_templates returning 1) select * from gone', 'nor deletes it');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.email_templates', '42501', null, 'anon may not look');
select throws_ok('delete from editor.email_templates', '42501', null, 'nor delete');
select tests.authenticate_as_service();
select isnt_empty('select 1 from editor.email_templates', 'the service reads it');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok('update editor.email_templates set is_active = false', 'an admin switches it off');
select lives_ok('delete from editor.email_templates', 'and deletes it');
select is_empty('select 1 from public.email_templates', 'which is then gone');

select * from finish();
rollback;
