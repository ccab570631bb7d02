begin;
select plan(6);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('no word', '23514', 'insert into public.providers (name) values (''A provider'')'),
    ('no name', '23514', 'insert into public.providers (name) values ('''')'),
    ('a long name', '23514', 'insert into public.providers (name) values (repeat(''p'', 51))'),
    ('a cap of nothing', '23514', 'update public.providers set max_running = 0'),
    ('a rest longer than the longest', '23514', 'update public.providers set cool_down = interval ''1 hour'', max_cool_down = interval ''1 minute'''),
    ('one twice', '23505', 'insert into public.providers (name) values (''local'')')
) as c (what, code, statement);

select * from finish();
rollback;
