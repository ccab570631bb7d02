begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select set_has(
  'select openrouter_id from social.ai_models',
  $$ values ('openai/gpt-4o'), ('openai/gpt-4o-mini'), ('anthropic/claude-3.5-haiku') $$,
  'a user reads the models'
);
select throws_ok('update social.ai_models set credit_cost = 0.01', '42501', null, 'and makes none cheaper');
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.ai_models', '42501', null, 'anon does not read them');
select tests.authenticate_as_service();
select throws_ok('update social.ai_models set credit_cost = 0', '23514', null, 'none is free');
select throws_ok($$ update social.ai_models set model_type = 'odd' $$, '23514', null, 'each has a known type');
select throws_ok(
  $$
    insert into social.ai_models (name, provider, openrouter_id, credit_cost, model_type)
    values ('x', 'openai', 'openai/gpt-4o', 1, 'fast')
  $$,
  '23505', null, 'each is there once'
);
update social.ai_models set is_active = false where openrouter_id = 'openai/gpt-4o';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty(
  $$ select 1 from social.ai_models where openrouter_id = 'openai/gpt-4o' $$, 'one that is not active is not shown'
);
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty($$ select 1 from social.ai_models where openrouter_id = 'openai/gpt-4o' $$, 'but to admins');

select * from finish();
rollback;
