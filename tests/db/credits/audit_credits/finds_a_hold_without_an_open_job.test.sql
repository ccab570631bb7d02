begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
select private.hold_credits('aaaaaaaa-0000-4000-8000-000000000001', 4, p_expires_in => null);

select set_eq(
  'select problem from private.audit_credits()', array['an open hold is bound only to ended jobs'],
  'nobody would ever end it'
);

select * from finish();
rollback;
