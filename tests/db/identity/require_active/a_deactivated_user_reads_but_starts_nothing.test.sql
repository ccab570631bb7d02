begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
update public.profiles set is_active = false;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(public.my_credits() -> 'available', '100', 'they see their credits');
select is((select count(*) from editor.images), 1::bigint, 'and their pictures');
select throws_ok(
  $$
    insert into editor.image_operations (image_id, operation_type, api_provider)
    values ('11111111-0000-4000-8000-000000000001', 'vectorize', 'local')
  $$,
  'PT403', 'account_suspended', 'they start no work'
);
select throws_ok(
  $$ select public.create_checkout(p.id, 'key-1') from public.credit_packages as p where p.code = 'pro' $$,
  'PT403', 'account_suspended', 'they buy nothing'
);
select throws_ok(
  $$
    insert into storage.objects (bucket_id, name)
    values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/dog.png')
  $$,
  '42501', null, 'they upload nothing'
);

select * from finish();
rollback;
