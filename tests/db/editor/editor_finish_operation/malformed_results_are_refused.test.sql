begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 20, 'bonus');
insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/cat.png', '{"size": 1000}');
insert into editor.images (id, user_id, original_filename, original_url)
values (
  '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'cat.png',
  'aaaaaaaa-0000-4000-8000-000000000001/cat.png'
);
insert into editor.image_operations (image_id, operation_type, api_provider)
select '11111111-0000-4000-8000-000000000001', 'vectorize', 'local' from generate_series(1, 4);
create temporary table claim as
select c.*, row_number() over () as n from private.claim_jobs('worker-1', 4, array['editor.vectorize']) as c;

select is((private.complete_job(c.id, c.lock_token, r.body::jsonb)).status, 'waiting', r.body)
from (
  values (1, '{}'), (2, '{"files": "processed.svg"}'), (3, '{"files": [1, null]}'), (4, '[]')
) as r (n, body)
join claim as c on c.n = r.n;
select is((select a.held from public.credit_accounts as a), 8, 'nothing is charged');

select * from finish();
rollback;
