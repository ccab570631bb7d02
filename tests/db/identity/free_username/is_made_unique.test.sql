begin;
select plan(3);

select tests.create_user('ann@example.com', '{}', 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('ann@example.org', '{}', 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.create_user('carl@example.com', '{"username": "ann"}');

select is(
  (select p.username from public.profiles as p where p.id = 'aaaaaaaa-0000-4000-8000-000000000001'), 'ann',
  'the email''s, if it is free'
);
select matches(
  (select p.username from public.profiles as p where p.id = 'bbbbbbbb-0000-4000-8000-000000000002'),
  '^ann-[0-9a-f]{10}$', 'else with a suffix'
);
select matches(
  (select p.username from public.profiles as p where p.email = 'carl@example.com'), '^ann-[0-9a-f]{10}$',
  'also the wished one'
);

select * from finish();
rollback;
