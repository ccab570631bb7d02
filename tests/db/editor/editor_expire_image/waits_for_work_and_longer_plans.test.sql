begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000, "mimetype": "image/png"}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.image_operations (id, image_id, operation_type)
values ('22222222-0000-4000-8000-000000000001', '11111111-0000-4000-8000-000000000001', 'vectorize');
select private.editor_expire_image('11111111-0000-4000-8000-000000000001', now() + interval '30 days');
select is((select i.expires_at from editor.images as i), now() + interval '31 days', 'one that is worked on stays a day more');
delete from editor.image_operations;
insert into public.subscriptions (id, source, user_id, plan_id, status, current_period_start, current_period_end)
select 'sub_1', 'stripe', 'aaaaaaaa-0000-4000-8000-000000000001', p.id, 'active', now(), now() + interval '1 month' from public.plans as p where p.code = 'pro';
select private.editor_expire_image('11111111-0000-4000-8000-000000000001', now() + interval '31 days');
select is(
  (select i.expires_at from editor.images as i), now() + interval '365 days', 'one whose user pays by now stays as long as that says'
);
select private.set_setting('editor_keep_days_paid', '0');
select private.editor_expire_image('11111111-0000-4000-8000-000000000001', now() + interval '365 days');
select is((select i.expires_at from editor.images as i), null, 'or for ever');
select lives_ok($$ select private.editor_expire_image(gen_random_uuid()) $$, 'one that is gone is no error');

select * from finish();
rollback;
