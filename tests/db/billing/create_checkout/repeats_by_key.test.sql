begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into public.credit_packages (id, code, name, credits, unit_amount)
values ('11111111-0000-4000-8000-000000000001', 'test', 'Test', 50, 999), ('22222222-0000-4000-8000-000000000001', 'other', 'Other', 60, 999);
create temporary table answer (n integer generated always as identity, body jsonb);
grant all on answer to public;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into answer (body) select public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-1');
select tests.clear_authentication();
update public.credit_packages set credits = 1, unit_amount = 1 where id = '11111111-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into answer (body) select public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-1');

select is(
  (select body from answer where n = 2), (select body from answer where n = 1),
  'the same key gives the same checkout, with the offer as it was'
);
select throws_ok(
  $$ select public.create_checkout('22222222-0000-4000-8000-000000000001', 'key-1') $$, 'PT409',
  'idempotency_key_reused', 'another package is refused'
);
select isnt(
  public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-2') ->> 'checkout_id',
  (select body ->> 'checkout_id' from answer where n = 1),
  'another key is another checkout'
);
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt(
  public.create_checkout('11111111-0000-4000-8000-000000000001', 'key-1') ->> 'checkout_id',
  (select body ->> 'checkout_id' from answer where n = 1),
  'another user''s key too'
);

select * from finish();
rollback;
