begin;
select plan(7);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'poster.png');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.image_operations (image_id, operation_type, input_data)
values ('11111111-0000-4000-8000-000000000001', 'generate', '{"prompt": "a cat"}');
select lives_ok('select public.delete_my_account()', 'the caller leaves');
select tests.clear_authentication();

select is_empty(
  $$ select 1 from auth.users where id = 'aaaaaaaa-0000-4000-8000-000000000001' $$, 'the login is gone'
);
select results_eq(
  $$ select email, is_active from public.profiles where id = 'aaaaaaaa-0000-4000-8000-000000000001' $$,
  $$ values (null::text, false) $$, 'the profile is nobody''s'
);
select is_empty('select 1 from editor.images', 'the pictures are gone');
select results_eq(
  $$ select status from public.jobs where type = 'editor.generate' $$, $$ values ('cancelled') $$, 'open work ended'
);
select results_eq(
  $$ select balance, held from public.credit_accounts where user_id = 'aaaaaaaa-0000-4000-8000-000000000001' $$,
  'values (100, 0)', 'the books stay, and nothing is held'
);
select tests.authenticate_as_anon();
select throws_ok('select public.delete_my_account()', '42501', null, 'nobody has no account to delete');

select * from finish();
rollback;
