begin;
select plan(1);

select private.set_setting('signup_credits', '0');

select throws_ok(
  $$ select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 1) $$, 'PT404', 'account_not_found',
  'an unknown user has none'
);

select * from finish();
rollback;
