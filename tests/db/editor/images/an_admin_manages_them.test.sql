begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (user_id, original_filename)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'cat.png');
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty(
  'with changed as (update editor.images set original_filename = ''x.png'' returning 1) select * from changed', 'an admin renames one'
);
select throws_ok('update editor.images set processing_status = ''completed''', '42501', null, 'but sets no state');
select throws_ok(
  $$ update editor.images set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, '42501', 'owner_is_fixed', 'and gives none away'
);
select throws_ok(
  $$ insert into editor.images (user_id, original_filename) values ('aaaaaaaa-0000-4000-8000-000000000001', 'x') $$,
  '42501', null, 'and makes none for others'
);
select tests.authenticate_as_service();
select throws_ok(
  $$ update editor.images set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, '42501', 'owner_is_fixed', 'nor does the service'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('with gone as (delete from editor.images returning 1) select * from gone', 'an admin deletes one');
select is_empty('select 1 from editor.images', 'which is then gone');

select * from finish();
rollback;
