begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
update public.profiles set role = 'admin' where id = 'aaaaaaaa-0000-4000-8000-000000000001';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(format('select public.admin_set_api_cost(%s)', c.arguments), 'PT400', c.word, c.what)
from (
  values
    ('no provider', 'argument_missing', 'null, ''upscale'', 1'),
    ('a long provider', 'argument_too_long', 'repeat(''p'', 101), ''upscale'', 1'),
    ('no operation', 'argument_missing', '''local'', '' '', 1'),
    ('no cost', 'input_invalid', '''local'', ''upscale'', null'),
    ('a cost without end', 'input_invalid', '''local'', ''upscale'', ''NaN'''),
    ('no day', 'input_invalid', '''local'', ''upscale'', 1, p_effective_date => null'),
    ('a long unit', 'input_invalid', '''local'', ''upscale'', 1, p_unit => repeat(''u'', 51)')
) as c (what, word, arguments);

select * from finish();
rollback;
