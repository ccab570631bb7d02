begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
insert into video.generations (user_id, prompt, model) values ('aaaaaaaa-0000-4000-8000-000000000001', 'A cat', 'veo-2'), ('aaaaaaaa-0000-4000-8000-000000000001', 'A dog', 'veo-2');
create temporary table claim as
select c.*, row_number() over () as n from private.claim_jobs('worker-1', 2, array['video.generate']) as c;
select is((private.complete_job(c.id, c.lock_token, r.body::jsonb)).status, 'waiting', r.body)
from (
  values
    (1, '{"files": [{"kind": "video", "bucket": "results", "path": "bbbbbbbb-0000-4000-8000-000000000002/v.mp4"}]}'),
    (2, '{"files": "video.mp4"}')
) as r (n, body)
join claim as c on c.n = r.n;
select set_eq('select status, video_url from video.generations', $$ values ('generating', null::text) $$, 'none is shown');
select is((select a.held from public.credit_accounts as a), 40, 'nothing is charged');
select alike(e.error, '%result_invalid%', 'operators see why') from private.handler_errors as e limit 1;

select * from finish();
rollback;
