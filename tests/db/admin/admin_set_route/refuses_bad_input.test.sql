begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(format('select public.admin_set_route(%s)', c.arguments), c.code, c.word, c.what)
from (
  values
    ('no operation', 'PT400', 'argument_missing', 'null, ''local'''),
    ('a long operation', 'PT400', 'argument_too_long', 'repeat(''o'', 101), ''local'''),
    ('no provider', 'PT400', 'argument_missing', '''editor.upscale'', null'),
    ('a long provider', 'PT400', 'argument_too_long', '''editor.upscale'', repeat(''p'', 51)'),
    ('another provider', 'PT404', 'provider_not_found', '''editor.upscale'', ''nobody'''),
    ('no weight', 'PT400', 'input_invalid', '''editor.upscale'', ''local'', p_weight => 0')
) as c (what, code, word, arguments);

select * from finish();
rollback;
