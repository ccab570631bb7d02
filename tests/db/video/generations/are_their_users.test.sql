begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (id, user_id, prompt, model)
values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 100, 'bonus');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from video.generations', 'another user sees none');
select is_empty(
  'with changed as (update video.generations set campaign_id = null returning 1) select * from changed', 'changes none'
);
select is_empty('with gone as (delete from video.generations returning 1) select * from gone', 'deletes none');
select throws_ok(
  $$ insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2') $$,
  '42501', null, 'and spends nobody else''s credits'
);
select tests.authenticate_as_anon();
select throws_ok('select 1 from video.generations', '42501', null, 'anon may not look');
select throws_ok(
  $$ insert into video.generations (prompt, model) values ('A cat', 'veo-2') $$, '42501', null, 'nor ask'
);
select throws_ok('delete from video.generations', '42501', null, 'nor delete');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from video.generations', 'an admin sees them');
select throws_ok(
  $$ insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2') $$,
  '42501', null, 'and spends nobody''s credits either'
);
select is_empty('with gone as (delete from video.generations returning 1) select * from gone', 'nor deletes them');
select tests.clear_authentication();
update public.profiles set is_active = false where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ insert into video.generations (prompt, model) values ('A cat', 'veo-2') $$,
  'PT403', 'account_suspended', 'who is deactivated reads but starts nothing'
);

select * from finish();
rollback;
