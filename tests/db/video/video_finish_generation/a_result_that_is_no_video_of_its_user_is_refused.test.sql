begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (user_id, prompt, model)
select 'aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2' from generate_series(1, 4);
create temporary table claim as
select c.*, row_number() over () as n from private.claim_jobs('worker-1', 4, array['video.generate']) as c;
select is((private.complete_job(c.id, c.lock_token, r.body::jsonb)).status, 'waiting', r.body)
from (
  values
    (1, '{"files": [{"kind": "video", "bucket": "results", "path": "bbbbbbbb-0000-4000-8000-000000000002/v.mp4"}]}'),
    (2, '{"files": "video.mp4"}'),
    -- An empty one, and a page that is named like a video.
    (3, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/v.mp4", "content_type": "video/mp4", "bytes": 0}]}'),
    (4, '{"files": [{"kind": "video", "bucket": "results", "path": "aaaaaaaa-0000-4000-8000-000000000001/v.mp4", "content_type": "text/html", "bytes": 9}]}')
) as r (n, body)
join claim as c on c.n = r.n;
select set_eq('select status, video_url from video.generations', $$ values ('generating', null::text) $$, 'none is shown');
select is((select a.held from public.credit_accounts as a), 80, 'nothing is charged');
select alike(e.error, '%result_invalid%', 'operators see why') from private.handler_errors as e limit 1;

select * from finish();
rollback;
