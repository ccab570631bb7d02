begin;
select plan(2);

select throws_ok(
  $$
    insert into private.retire_handlers (handler)
    values ('private.no_such_function')
  $$, '23514', null, 'an unknown name'
);
select throws_ok(
  $$
    insert into private.retire_handlers (handler)
    values ('private.setting')
  $$, '23514', null, 'a function of something else'
);

select * from finish();
rollback;
