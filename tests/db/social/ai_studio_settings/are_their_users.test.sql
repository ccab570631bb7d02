begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok('insert into social.ai_studio_settings default values', 'a user makes their settings');
select results_eq(
  'select user_id::text, default_system_prompt, default_model, temperature from social.ai_studio_settings',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001', null::text, 'openai/gpt-4o', 0.70) $$, 'with the defaults of the document'
);
select lives_ok(
  $$
    insert into social.ai_studio_settings (user_id, temperature) values ('aaaaaaaa-0000-4000-8000-000000000001', 2.0)
    on conflict (user_id) do update set user_id = excluded.user_id, temperature = excluded.temperature
  $$,
  'an upsert changes them'
);
select throws_ok('update social.ai_studio_settings set temperature = 2.01', '23514', null, 'not above 2');
select throws_ok('update social.ai_studio_settings set temperature = -0.01', '23514', null, 'not below 0');
select throws_ok(
  $$ insert into social.ai_studio_settings (user_id) values ('bbbbbbbb-0000-4000-8000-000000000002') $$, '42501', null, 'none for somebody else'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from social.ai_studio_settings', 'others see none');
select is_empty('update social.ai_studio_settings set temperature = 1 returning 1', 'nor change any');
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.ai_studio_settings', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from social.ai_studio_settings', 'an admin sees them');

select * from finish();
rollback;
