begin;
select plan(20);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as_service();
select throws_ok(
  format(
    'select editor.%s_user_credits(%L, %s, %L, %L, %L)', n.name, c.user_id, c.amount, coalesce(c.type, n.type),
    c.description, c.metadata
  ),
  c.code, c.word, n.name || ' ' || c.what
)
from (values ('add', 'bonus'), ('deduct', 'usage')) as n (name, type)
cross join (
  values
    ('for nobody', 'PT400', 'argument_missing', null, '1', null, null, null),
    ('for an unknown user', 'PT404', 'account_not_found', gen_random_uuid()::text, '1', null, null, null),
    ('no amount', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', 'null', null, null, null),
    ('nothing', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', '0', null, null, null),
    ('less than nothing', 'PT400', 'amount_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', '-5', null, null, null),
    ('of another type', 'PT400', 'transaction_type_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', '1', 'expiration', null, null),
    ('of a type of the platform''s own', 'PT400', 'transaction_type_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', '1', 'trial_grant', null, null),
    ('with a long text', 'PT400', 'argument_too_long', 'aaaaaaaa-0000-4000-8000-000000000001', '1', null, repeat('x', 1001), null),
    ('with a list', 'PT400', 'metadata_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', '1', null, null, '[]'),
    ('with a blank key', 'PT400', 'idempotency_key_invalid', 'aaaaaaaa-0000-4000-8000-000000000001', '1', null, null, '{"idempotency_key": " "}')
) as c (what, code, word, user_id, amount, type, description, metadata);

select * from finish();
rollback;
