begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'purchase');
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 3);
insert into editor.images (user_id, original_filename, processing_status, created_at)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'x', s.status, now() - s.n * interval '1 day'
from unnest(array['completed', 'completed', 'failed', 'pending']) with ordinality as s (status, n);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from editor.user_analytics', 'a user sees nothing, not even of themselves');
select throws_ok('update editor.user_analytics set email = null', null, null, 'nor writes it');
select tests.authenticate_as_anon();
select throws_ok('select 1 from editor.user_analytics', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select results_eq(
  $$
    select
      email, subscription_status, credits_remaining, total_credits_purchased, total_credits_used, total_images,
      completed_images, failed_images, last_image_created
    from editor.user_analytics order by email
  $$,
  $$
    values
      ('ann@example.com', 'free', 7, 10, 3, 4::bigint, 2::bigint, 1::bigint, now() - interval '1 day'),
      ('bob@example.com', 'free', 0, 0, 0, 0, 0, 0, null)
  $$,
  'an admin sees every user'
);
select is(
  array(
    select a.attname::text from pg_attribute as a
    where a.attrelid = 'editor.user_analytics'::regclass and a.attnum > 0 order by a.attnum
  ),
  array[
    'id', 'email', 'subscription_status', 'credits_remaining', 'total_credits_purchased', 'total_credits_used',
    'total_images', 'completed_images', 'failed_images', 'last_image_created', 'user_created_at'
  ],
  'the document''s columns'
);
select tests.authenticate_as_service();
select is((select count(*) from editor.user_analytics), 2::bigint, 'so does the service');
select tests.clear_authentication();
update public.profiles set is_active = false where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from editor.user_analytics', 'a suspended admin does not');

select * from finish();
rollback;
