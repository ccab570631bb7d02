begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.email_templates (id, name, subject, html_content)
values ('66666666-0000-4000-8000-000000000001', 'news', 'News', '<p>News</p>');
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok(
  $$
    insert into editor.email_campaigns (name, template_id, target_audience)
    values ('May', '66666666-0000-4000-8000-000000000001', '{"plan": "free"}')
  $$, 'an admin writes one'
);
select results_eq('select name, status, created_at from editor.email_campaigns', $$ values ('May', 'draft', now()) $$, 'a draft');
select lives_ok('update editor.email_campaigns set status = ''scheduled'', scheduled_at = now()', 'schedules it');
select throws_ok('update editor.email_campaigns set status = ''flying''', '23514', null, 'in the document''s words');
select throws_ok(
  'update editor.email_campaigns set template_id = gen_random_uuid()', '23503', null, 'with a template that there is'
);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from editor.email_campaigns', 'a user does not see it');
select throws_ok('insert into editor.email_campaigns (name) values (''x'')', '42501', null, 'nor writes one');
select is_empty('with changed as (update editor.email_campaigns set name = ''x'' returning 1) select * from changed', 'nor changes it');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.email_campaigns', '42501', null, 'anon may not look');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select lives_ok('delete from editor.email_campaigns', 'an admin deletes it');

select * from finish();
rollback;
