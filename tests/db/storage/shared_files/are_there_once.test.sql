begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.shared_files (bucket_id, name, subject_id, user_id)
values ('results', 'aaaaaaaa-0000-4000-8000-000000000001/a.png', '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(c.statement, '23505', null, c.what)
from (
  values
    ('by one thing', 'insert into public.shared_files (bucket_id, name, subject_id, user_id) values (''results'', ''aaaaaaaa-0000-4000-8000-000000000001/a.png'', ''11111111-0000-4000-8000-000000000001'', ''aaaaaaaa-0000-4000-8000-000000000001'')')
) as c (what, statement);

select * from finish();
rollback;
