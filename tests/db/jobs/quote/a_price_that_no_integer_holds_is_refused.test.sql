begin;
select plan(1);

insert into public.metered_operations (operation, credits) values ('test.dear', 1000000);

select throws_ok(
  $$ select private.quote('test.dear', null, 100000) $$, 'PT400', 'quantity_invalid', 'in words'
);

select * from finish();
rollback;
