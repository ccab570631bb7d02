begin;
select plan(2);

insert into public.webhook_events (source, external_id, event_type, payload) values ('stripe', 'evt_1', 'x', '{}');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('another sender', 'update public.webhook_events set source = ''ebay'''),
    ('another state', 'update public.webhook_events set status = ''lost''')
) as c (what, statement);

select * from finish();
rollback;
