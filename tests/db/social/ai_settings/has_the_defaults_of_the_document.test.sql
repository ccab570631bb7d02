begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ insert into social.ai_settings default values $$,
  'a row without a word'
);
select results_eq(
  $$
    select user_id, ai_model, temperature, top_p, lang, tone, ai_control_enabled, ai_enabled_for_chats,
      ai_enabled_for_comments, flagged_keywords, flagged_phrases, instructions, ignore_examples, doc_lang
    from social.ai_settings
  $$,
  $$
    values (
      'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'anthropic/claude-3.5-haiku', 0.20, 1.00, 'en', 'friendly', true, true,
      true, '{}'::text[], '{}'::text[], null::text, '{}'::text[], '{}'::text[]
    )
  $$,
  'is the caller''s, with the defaults'
);

select * from finish();
rollback;
