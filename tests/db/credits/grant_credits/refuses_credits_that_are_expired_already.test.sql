begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_expires_at => now()) $$,
  'PT400', 'expiry_in_the_past', 'now is too late'
);
select lives_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus', p_expires_at => now() + interval '1 second') $$,
  'a second from now is not'
);

select * from finish();
rollback;
