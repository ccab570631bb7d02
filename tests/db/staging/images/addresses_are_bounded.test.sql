begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into storage.objects (bucket_id, name) values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/a.png');
insert into staging.projects (id, user_id, name)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Villa');
insert into staging.images (project_id, original_url)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/a.png');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('none', 'update staging.images set original_url = '''''),
    ('a long one', 'update staging.images set original_url = repeat(''a'', 2049)')
) as c (what, statement);

select * from finish();
rollback;
