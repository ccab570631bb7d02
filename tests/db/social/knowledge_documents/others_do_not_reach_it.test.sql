begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from social.knowledge_documents', 'another user does not see it');
select is_empty(
  $$ update social.knowledge_documents set title = 'x' returning 1 $$, 'nor change it'
);
select is_empty('delete from social.knowledge_documents returning 1', 'nor delete it');
select throws_ok(
  $$
    insert into social.knowledge_documents (id, title) values ('11111111-0000-4000-8000-000000000001', 'x')
    on conflict (id) do update set title = 'x'
  $$,
  '42501', null, 'nor take it over by an upsert'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.knowledge_documents', '42501', null, 'anon may not look');
select throws_ok(
  $$ insert into social.knowledge_documents (title) values ('x') $$, '42501', null, 'nor add'
);
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from social.knowledge_documents', 'an admin sees it');
select is_empty(
  $$ update social.knowledge_documents set title = 'x' returning 1 $$, 'and does not change it'
);

select * from finish();
rollback;
