begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$
    select social.connect_account('instagram', 'ig-new', 'ann', 'Ann', 'https://example.com/ann', 'access-1', 'refresh-1', '2030-01-01')
  $$,
  'PT500', 'secret_missing', 'the installation lacks its key'
);
select is_empty(
  $$ select 1 from social.social_accounts $$,
  'the account was not made either'
);

select * from finish();
rollback;
