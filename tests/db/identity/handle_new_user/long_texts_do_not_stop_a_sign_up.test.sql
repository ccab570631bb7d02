begin;
select plan(1);

select lives_ok(
  format(
    'select tests.create_user(''ann@example.com'', %L, ''aaaaaaaa-0000-4000-8000-000000000001'')',
    jsonb_build_object(
      'username', repeat('u', 500), 'full_name', repeat('n', 500), 'first_name', repeat('f', 500),
      'last_name', repeat('l', 500), 'avatar_url', repeat('a', 5000)
    )
  ),
  'they are cut'
);

select * from finish();
rollback;
