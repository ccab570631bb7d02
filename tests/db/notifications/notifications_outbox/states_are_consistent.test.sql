begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.notifications_outbox (user_id, kind, dedup_key)
values ('aaaaaaaa-0000-4000-8000-000000000001', 'low_balance', 'k'), ('aaaaaaaa-0000-4000-8000-000000000001', 'low_balance', 'l');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('another kind', '23514', 'update public.notifications_outbox set kind = ''newsletter'''),
    ('another status', '23514', 'update public.notifications_outbox set status = ''lost'', due_at = null'),
    ('due at no time', '23514', 'update public.notifications_outbox set due_at = null'),
    ('dropped, and yet due', '23514', 'update public.notifications_outbox set status = ''dropped'''),
    ('sent at no time', '23514', 'update public.notifications_outbox set status = ''sent'', due_at = null'),
    ('failed, and yet sent', '23514', 'update public.notifications_outbox set status = ''failed'', due_at = null, sent_at = now()'),
    (
      'a large one', '23514',
      'update public.notifications_outbox set payload = jsonb_build_object(
         ''text'', (select string_agg(md5(n::text), '''') from generate_series(1, 300) as n)
       )'
    ),
    ('one reason twice', '23505', 'update public.notifications_outbox set dedup_key = ''k''')
) as c (what, code, statement);

select * from finish();
rollback;
