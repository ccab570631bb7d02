begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.ai_decisions (user_id, decision, confidence, created_at)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 0.8, now()), ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 0.9, now() - interval '6 days'),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'escalate', 0.5, now()), ('aaaaaaaa-0000-4000-8000-000000000001', 'ignore', 1, now()),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'respond', 0.1, now() - interval '8 days'), ('bbbbbbbb-0000-4000-8000-000000000002', 'respond', 0.1, now());

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq(
  $$ select * from social.decision_statistics() $$,
  $$ values ('respond', 2::bigint, 0.850, 0.5000), ('escalate', 1, 0.500, 0.2500), ('ignore', 1, 1.000, 0.2500) $$,
  'of the caller, of 7 days'
);
select results_eq(
  $$ select decisions from social.decision_statistics(30) limit 1 $$,
  $$ values (3::bigint) $$,
  'or of more'
);
select tests.clear_authentication();
select tests.create_user('cleo@example.com', p_id => 'cccccccc-0000-4000-8000-000000000003');
select tests.authenticate_as('cccccccc-0000-4000-8000-000000000003');
select is_empty(
  $$ select * from social.decision_statistics() $$,
  'none of none'
);

select * from finish();
rollback;
