begin;
select plan(1);

select private.set_setting('signup_credits', '0');

select throws_ok(
  $$ select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 1, 'bonus') $$,
  'PT404', 'account_not_found', 'a user that never signed up has none'
);

select * from finish();
rollback;
