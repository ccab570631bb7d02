begin;
select plan(5);

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
select is((select i.expires_at from editor.images as i), now() + interval '30 days', 'without a plan 30 days');
insert into public.subscriptions (id, source, user_id, plan_id, status, current_period_start, current_period_end)
select 'sub_1', 'stripe', 'aaaaaaaa-0000-4000-8000-000000000001', p.id, 'active', now(), now() + interval '1 month' from public.plans as p where p.code = 'pro';
select is(private.editor_expiry('aaaaaaaa-0000-4000-8000-000000000001', now()), now() + interval '365 days', 'with a paid one a year');
select private.set_setting('editor_keep_days_paid', '90');
select is(private.editor_expiry('aaaaaaaa-0000-4000-8000-000000000001', now()), now() + interval '90 days', 'as the setting says');
select private.set_setting('editor_keep_days_paid', '0');
select is(private.editor_expiry('aaaaaaaa-0000-4000-8000-000000000001', now()), null, '0 is for ever');
update public.subscriptions set status = 'canceled';
select is(private.editor_expiry('aaaaaaaa-0000-4000-8000-000000000001', now()), now() + interval '30 days', 'a plan that ended is none');

select * from finish();
rollback;
