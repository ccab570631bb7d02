begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.create_user('cleo@example.com', p_id => 'cccccccc-0000-4000-8000-000000000003');
insert into social.ai_settings (user_id) values ('bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.ai_settings (user_id, tone, flagged_keywords) values ('aaaaaaaa-0000-4000-8000-000000000001', 'formal', '{refund}')
    on conflict (user_id) do update
    set user_id = excluded.user_id, tone = excluded.tone, flagged_keywords = excluded.flagged_keywords
  $$,
  'the first time'
);
select lives_ok(
  $$
    insert into social.ai_settings (user_id, tone, flagged_keywords) values ('aaaaaaaa-0000-4000-8000-000000000001', 'short', '{refund}')
    on conflict (user_id) do update
    set user_id = excluded.user_id, tone = excluded.tone, flagged_keywords = excluded.flagged_keywords
  $$,
  'again'
);
select results_eq(
  $$ select user_id, tone from social.ai_settings $$,
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'short') $$,
  'one row, and not Bob''s'
);
select throws_ok(
  $$
    insert into social.ai_settings (user_id, tone, flagged_keywords) values ('bbbbbbbb-0000-4000-8000-000000000002', 'rude', '{refund}')
    on conflict (user_id) do update
    set user_id = excluded.user_id, tone = excluded.tone, flagged_keywords = excluded.flagged_keywords
  $$,
  '42501', null, 'Bob''s is Bob''s'
);
select throws_ok(
  $$ update social.ai_settings set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$,
  '42501', null, 'nor is it given away'
);
select throws_ok(
  $$ update social.ai_settings set created_at = now() $$,
  '42501', null, 'times are not the caller''s'
);
select lives_ok(
  $$ delete from social.ai_settings $$,
  'it can be deleted'
);
select throws_ok(
  $$ insert into social.ai_settings (user_id) values ('cccccccc-0000-4000-8000-000000000003') $$,
  '42501', null, 'nor made for another'
);
select tests.clear_authentication();
select results_eq(
  $$ select user_id, tone from social.ai_settings $$,
  $$ values ('bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'friendly') $$,
  'Bob''s is as it was'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select * from social.ai_settings $$,
  '42501', null, 'anon reads nothing'
);
select throws_ok(
  $$ insert into social.ai_settings default values $$,
  '42501', null, 'and writes nothing'
);

select * from finish();
rollback;
