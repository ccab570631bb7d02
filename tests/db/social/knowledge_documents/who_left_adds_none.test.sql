begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.delete_user('bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ insert into social.knowledge_documents (title) values ('x') $$, 'PT403', 'profile_missing', 'with a token that outlives them'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ insert into social.knowledge_documents (user_id) values ('bbbbbbbb-0000-4000-8000-000000000002') $$, 'PT403', 'profile_missing', 'nor does the service for them'
);

select * from finish();
rollback;
