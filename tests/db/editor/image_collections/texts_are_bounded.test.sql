begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format('insert into editor.image_collections (name, description) values (%L, %L)', c.name, c.description),
  c.code, null, c.what
)
from (
  values
    ('an empty name', '23514', '', 'x'), ('a long name', '23514', repeat('n', 201), 'x'),
    ('a long description', '23514', 'n', repeat('d', 2001)), ('no name', '23502', null, 'x')
) as c (what, code, name, description);

select * from finish();
rollback;
