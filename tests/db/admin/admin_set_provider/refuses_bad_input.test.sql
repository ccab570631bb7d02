begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(format('select public.admin_set_provider(%s)', c.arguments), c.code, c.word, c.what)
from (
  values
    ('no name', 'PT400', 'argument_missing', 'null'),
    ('a long name', 'PT400', 'argument_too_long', 'repeat(''n'', 51)'),
    ('another name', 'PT404', 'provider_not_found', '''nobody'''),
    ('no faults at all', 'PT400', 'input_invalid', '''local'', p_fault_limit => 0')
) as c (what, code, word, arguments);

select * from finish();
rollback;
