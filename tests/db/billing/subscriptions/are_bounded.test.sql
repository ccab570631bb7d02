begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.subscriptions (id, row_id, user_id, status)
values
  ('sub_1', '11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'active'),
  ('sub_2', '22222222-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'active');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a status of our own', '23514', 'update public.subscriptions set status = ''maybe'''),
    ('another seller', '23514', 'update public.subscriptions set source = ''ebay'''),
    ('of none', '23514', 'update public.subscriptions set quantity = 0'),
    ('two under one id of ours', '23505', 'update public.subscriptions set row_id = ''11111111-0000-4000-8000-000000000001''')
) as c (what, code, statement);

select * from finish();
rollback;
