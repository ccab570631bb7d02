begin;
select plan(7);

create function pg_temp.previous(p_type text, p_object jsonb, p_previous jsonb) returns jsonb language sql as $$
  select private.trim_stripe_previous(p_type, p_object, p_previous, private.trim_stripe_object(p_type, p_object));
$$;
select is(
  pg_temp.previous('subscription', '{"status": "active", "latest_invoice": "in_2"}', '{"status": "trialing", "latest_invoice": "in_1"}'),
  '{"status": "trialing"}', 'what changed of it'
);
select is(pg_temp.previous('customer', '{"email": "b"}', '{"email": "a"}'), null, 'not what is not kept');
select is(
  pg_temp.previous(
    'subscription', '{"items": {"data": [{"id": "si_1", "price": {"id": "price_1", "nickname": "New"}}], "has_more": false}}',
    '{"items": {"data": [{"id": "si_1", "price": {"id": "price_1", "nickname": "Old"}}]}}'
  ), null, 'nor a change within, that now would be none'
);
select is(
  pg_temp.previous(
    'customer', '{"invoice_settings": {"default_payment_method": "pm_1", "footer": "b"}}', '{"invoice_settings": {"footer": "a"}}'
  ), null, 'or that is of another part'
);
select is(
  pg_temp.previous('customer', '{"invoice_settings": {"default_payment_method": "pm_1"}}', '{"invoice_settings": {"default_payment_method": null}}'),
  '{"invoice_settings": {"default_payment_method": null}}', 'what was not there before is null'
);
select is(
  pg_temp.previous('subscription', '{"metadata": {"a": "1", "b": "2"}}', '{"metadata": {"b": null}}'), '{"metadata": {"a": "1"}}',
  'but of metadata, which has no nulls'
);
select is(pg_temp.previous('invoice', '{"status": "paid"}', null), null, 'none is none');

select * from finish();
rollback;
