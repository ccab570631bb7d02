begin;
select plan(4);

select tests.tell('product.created', '{"id": "prod_1", "name": "Gold"}');
select is(
  tests.tell('price.created', '{"id": "price_1", "product": "prod_1", "currency": "eur", "type": "recurring",
    "unit_amount": 1099, "active": true, "recurring": {"interval": "month"}, "metadata": {"plan_code": "gold"}}'),
  'waiting', 'a price that names a plan we do not have'
);
select isnt_empty('select * from public.prices', 'is there');
insert into public.plans (code, name) values ('gold', 'Gold');
select isnt_empty('select private.due_webhook_events()', 'and is linked when the plan appears');
select tests.retry_events();
select is((private.plan_of_price('price_1')).code, 'gold', 'it sells it');

select * from finish();
rollback;
