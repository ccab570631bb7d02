begin;
select plan(7);

create function pg_temp.had(p_object jsonb, p_previous jsonb) returns boolean language sql as $$
  select private.had_values(p_object, p_previous);
$$;
select ok(pg_temp.had('{"a": 1, "b": 2}', '{"a": 1}'), 'a value');
select ok(not pg_temp.had('{"a": 1}', '{"a": 2}'), 'another value');
select ok(pg_temp.had('{"m": {"a": 1, "b": 2}}', '{"m": {"b": 2}}'), 'a part of an object');
select ok(not pg_temp.had('{"m": {"a": 1, "b": 2}}', '{"m": {"b": 3}}'), 'another part');
select ok(not pg_temp.had('{"l": [1, 2]}', '{"l": [1]}'), 'a list is compared whole');
select ok(pg_temp.had('{"m": {}}', '{"m": {"b": null}}'), 'null is what was not there');
select ok(not pg_temp.had('{"b": 1}', '{"b": null}'), 'but not what was');

select * from finish();
rollback;
