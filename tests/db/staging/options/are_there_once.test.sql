begin;
select plan(1);

select throws_ok(
  $$ insert into staging.options (kind, code, label) values ('style', 'modern', 'Modern, too') $$,
  '23505', null, 'of one kind and code'
);

select * from finish();
rollback;
