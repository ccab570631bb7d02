begin;
select plan(43);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.social_accounts (id, user_id, platform, account_id, display_name)
values
  ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'instagram', 'ig-ann', 'Ann''s shop'),
  ('11111111-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'instagram', 'ig-bob', 'Bob''s shop');
insert into social.scheduled_posts (id, channel_id, content_json, publish_at)
values
  ('44444444-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', '{"text": "Hello"}', now() + interval '1 day'),
  ('44444444-0000-4000-8000-000000000002', '11111111-0000-4000-8000-000000000002', '{"text": "Hello"}', now() + interval '1 day');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY' $$,
  'FREQ=DAILY'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'RRULE:FREQ=WEEKLY;BYDAY=MO,TH' $$,
  'RRULE:FREQ=WEEKLY;BYDAY=MO,TH'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'freq=weekly;byday=mo' $$,
  'freq=weekly;byday=mo'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=MONTHLY;BYMONTHDAY=-1' $$,
  'FREQ=MONTHLY;BYMONTHDAY=-1'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=MONTHLY;BYDAY=2TU,-1FR' $$,
  'FREQ=MONTHLY;BYDAY=2TU,-1FR'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=24;COUNT=10' $$,
  'FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=24;COUNT=10'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;UNTIL=20271231T235959Z;INTERVAL=2' $$,
  'FREQ=DAILY;UNTIL=20271231T235959Z;INTERVAL=2'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;UNTIL=20271231' $$,
  'FREQ=DAILY;UNTIL=20271231'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;BYHOUR=0,9,23;BYMINUTE=30;BYSECOND=0' $$,
  'FREQ=DAILY;BYHOUR=0,9,23;BYMINUTE=30;BYSECOND=0'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=YEARLY;BYWEEKNO=20;WKST=SU' $$,
  'FREQ=YEARLY;BYWEEKNO=20;WKST=SU'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=YEARLY;BYYEARDAY=1,366;BYSETPOS=-1' $$,
  'FREQ=YEARLY;BYYEARDAY=1,366;BYSETPOS=-1'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = '' $$,
  'PT400', 'rrule_invalid', 'a blank one'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'DAILY' $$,
  'PT400', 'rrule_invalid', 'DAILY'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=' $$,
  'PT400', 'rrule_invalid', 'FREQ='
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=FORTNIGHTLY' $$,
  'PT400', 'rrule_invalid', 'FREQ=FORTNIGHTLY'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'BYDAY=MO' $$,
  'PT400', 'rrule_invalid', 'BYDAY=MO'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;FREQ=WEEKLY' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;FREQ=WEEKLY'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;BYDAY=MO;BYDAY=TU' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;BYDAY=MO;BYDAY=TU'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;COUNT=3;UNTIL=20270101' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;COUNT=3;UNTIL=20270101'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;COUNT=0' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;COUNT=0'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;INTERVAL=0' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;INTERVAL=0'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;INTERVAL=-1' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;INTERVAL=-1'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=WEEKLY;BYDAY=XX' $$,
  'PT400', 'rrule_invalid', 'FREQ=WEEKLY;BYDAY=XX'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=WEEKLY;BYDAY=' $$,
  'PT400', 'rrule_invalid', 'FREQ=WEEKLY;BYDAY='
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=WEEKLY;BYDAY=54MO' $$,
  'PT400', 'rrule_invalid', 'FREQ=WEEKLY;BYDAY=54MO'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;BYHOUR=24' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;BYHOUR=24'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;BYMINUTE=60' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;BYMINUTE=60'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;BYSECOND=61' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;BYSECOND=61'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=MONTHLY;BYMONTHDAY=32' $$,
  'PT400', 'rrule_invalid', 'FREQ=MONTHLY;BYMONTHDAY=32'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=MONTHLY;BYMONTHDAY=0' $$,
  'PT400', 'rrule_invalid', 'FREQ=MONTHLY;BYMONTHDAY=0'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=YEARLY;BYMONTH=13' $$,
  'PT400', 'rrule_invalid', 'FREQ=YEARLY;BYMONTH=13'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=YEARLY;BYYEARDAY=367' $$,
  'PT400', 'rrule_invalid', 'FREQ=YEARLY;BYYEARDAY=367'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=YEARLY;BYWEEKNO=54' $$,
  'PT400', 'rrule_invalid', 'FREQ=YEARLY;BYWEEKNO=54'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=YEARLY;BYSETPOS=0' $$,
  'PT400', 'rrule_invalid', 'FREQ=YEARLY;BYSETPOS=0'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;UNTIL=20271301' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;UNTIL=20271301'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;UNTIL=tomorrow' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;UNTIL=tomorrow'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;WKST=1MO' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;WKST=1MO'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;FOO=1' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;FOO=1'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY FREQ=DAILY' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY FREQ=DAILY'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;=1' $$,
  'PT400', 'rrule_invalid', 'FREQ=DAILY;=1'
);
select throws_ok(
  $$ update social.scheduled_posts set rrule = 'FREQ=DAILY;BYHOUR=' || repeat('1,', 500) || '1' $$,
  'PT400', 'rrule_invalid', 'a long one'
);
select lives_ok(
  $$ update social.scheduled_posts set rrule = null $$,
  'none'
);

select * from finish();
rollback;
