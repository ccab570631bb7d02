begin;
select plan(32);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into social.ai_settings default values;
select throws_ok(
  $$ update social.ai_settings set temperature = -0.01 $$,
  '23514', null, 'cold'
);
select throws_ok(
  $$ update social.ai_settings set temperature = 2.01 $$,
  '23514', null, 'hot'
);
select throws_ok(
  $$ update social.ai_settings set temperature = 'NaN' $$,
  '23514', null, 'no number'
);
select throws_ok(
  $$ update social.ai_settings set top_p = -0.01 $$,
  '23514', null, 'top_p below 0'
);
select throws_ok(
  $$ update social.ai_settings set top_p = 1.01 $$,
  '23514', null, 'top_p above 1'
);
select throws_ok(
  $$ update social.ai_settings set ai_model = '' $$,
  '23514', null, 'no model'
);
select throws_ok(
  $$ update social.ai_settings set lang = '' $$,
  '23514', null, 'no language'
);
select throws_ok(
  $$ update social.ai_settings set lang = repeat('x', 36) $$,
  '23514', null, 'a long language'
);
select throws_ok(
  $$ update social.ai_settings set tone = '' $$,
  '23514', null, 'no tone'
);
select throws_ok(
  $$ update social.ai_settings set tone = repeat('x', 101) $$,
  '23514', null, 'a long tone'
);
select throws_ok(
  $$ update social.ai_settings set system_prompt = repeat('x', 20001) $$,
  '23514', null, 'a long prompt'
);
select throws_ok(
  $$ update social.ai_settings set instructions = repeat('x', 20001) $$,
  '23514', null, 'long instructions'
);
select throws_ok(
  $$ update social.ai_settings set flagged_keywords = array_fill('x'::text, array[201]) $$,
  '23514', null, 'many keywords'
);
select throws_ok(
  $$ update social.ai_settings set flagged_phrases = array_fill('x'::text, array[201]) $$,
  '23514', null, 'many phrases'
);
select throws_ok(
  $$ update social.ai_settings set ignore_examples = array_fill('x'::text, array[201]) $$,
  '23514', null, 'many examples'
);
select throws_ok(
  $$ update social.ai_settings set doc_lang = array_fill('x'::text, array[51]) $$,
  '23514', null, 'many languages'
);
select throws_ok(
  $$ update social.ai_settings set flagged_keywords = array[repeat('x', 70000)] $$,
  '23514', null, 'a long keyword'
);
select throws_ok(
  $$ update social.ai_settings set flagged_phrases = array[repeat('x', 70000)] $$,
  '23514', null, 'a long phrase'
);
select throws_ok(
  $$ update social.ai_settings set ignore_examples = array[repeat('x', 270000)] $$,
  '23514', null, 'a long example'
);
select throws_ok(
  $$ update social.ai_settings set doc_lang = array[repeat('x', 9000)] $$,
  '23514', null, 'a long list of languages'
);
select throws_ok(
  $$ update social.ai_settings set flagged_keywords = array[null] $$,
  '23514', null, 'a null keyword'
);
select throws_ok(
  $$ update social.ai_settings set flagged_phrases = array[null] $$,
  '23514', null, 'a null phrase'
);
select throws_ok(
  $$ update social.ai_settings set ignore_examples = array[null] $$,
  '23514', null, 'a null example'
);
select throws_ok(
  $$ update social.ai_settings set doc_lang = array[null] $$,
  '23514', null, 'a null language'
);
select throws_ok(
  $$ update social.ai_settings set flagged_keywords = array[array['a'], array['b']] $$,
  '23514', null, 'a table of keywords'
);
select throws_ok(
  $$ update social.ai_settings set flagged_phrases = array[array['a']] $$,
  '23514', null, 'a table of phrases'
);
select throws_ok(
  $$ update social.ai_settings set ignore_examples = array[array['a']] $$,
  '23514', null, 'a table of examples'
);
select throws_ok(
  $$ update social.ai_settings set doc_lang = array[array['a']] $$,
  '23514', null, 'a table of languages'
);
select throws_ok(
  $$ update social.ai_settings set ai_model = repeat('x', 201) $$,
  '23514', null, 'a long model'
);
select lives_ok(
  $$ update social.ai_settings set temperature = 0, top_p = 0 $$,
  'the lower bounds'
);
select lives_ok(
  $$ update social.ai_settings set temperature = 2, top_p = 1 $$,
  'the upper bounds'
);
select lives_ok(
  $$ update social.ai_settings set flagged_keywords = array_fill('x'::text, array[200]) $$,
  'many words'
);

select * from finish();
rollback;
