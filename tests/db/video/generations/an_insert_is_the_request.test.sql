begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into storage.objects (bucket_id, name, metadata) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into video.generations (id, user_id, prompt, model)
values ('22222222-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '  A cat ', 'veo-2');
insert into video.generations (id, prompt, model, aspect_ratio, resolution, mode, reference_image_url)
values ('22222222-0000-4000-8000-000000000002', 'A cat', 'veo-fast', '9:16', '1080p', 'cameo', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png');
select tests.clear_authentication();

select results_eq(
  $$
    select user_id, prompt, model, aspect_ratio, resolution, mode, seconds, status, credits_used, completed_at
    from video.generations order by id
  $$,
  $$
    values
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'A cat', 'veo-2', '16:9', '720p', 'text-to-video', 8, 'generating', null::integer, null::timestamptz),
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'A cat', 'veo-fast', '9:16', '1080p', 'cameo', 8, 'generating', null, null)
  $$,
  'the rows wait, with the defaults'
);
select results_eq(
  'select user_id, type, subject_id, payload, status, price from public.jobs order by subject_id',
  $$
    values
      ('aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'video.generate', '22222222-0000-4000-8000-000000000001'::uuid,
        '{"operation": "generate_video", "variant": "veo-2", "prompt": "A cat", "seconds": 8,
          "aspect_ratio": "16:9", "resolution": "720p", "mode": "text-to-video"}'::jsonb, 'queued', 20),
      ('aaaaaaaa-0000-4000-8000-000000000001', 'video.generate', '22222222-0000-4000-8000-000000000002',
        '{"operation": "generate_video", "variant": "veo-fast", "prompt": "A cat", "seconds": 8,
          "aspect_ratio": "9:16", "resolution": "1080p", "mode": "cameo",
          "reference": {"bucket": "uploads", "path": "aaaaaaaa-0000-4000-8000-000000000001/cat.png"}}', 'queued', 15)
  $$,
  'their jobs too, priced by the model'
);
select results_eq('select balance, held from public.credit_accounts', 'values (65, 35)', 'their credits are held');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
