begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.knowledge_documents (id, user_id, title)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Returns');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ update social.knowledge_documents set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, 'PT400', 'input_invalid', 'its user does not give it away'
);
select lives_ok(
  $$ update social.knowledge_documents set user_id = 'aaaaaaaa-0000-4000-8000-000000000001' $$, 'the same user is no change'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update social.knowledge_documents set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, 'PT400', 'input_invalid', 'nor does the service'
);

select * from finish();
rollback;
