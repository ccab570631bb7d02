begin;
select plan(34);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.brand_guidelines (brand_name, %I) values (''Ann''''s'', %L)', c.name, v.value::text), '23514', null,
  c.name || ' ' || v.what
)
from (
  values ('values', 30, 200), ('tone_of_voice', 30, 200), ('do_list', 50, 250), ('dont_list', 50, 250), ('color_palette', 30, 50)
) as c (name, count, length)
cross join lateral (
  values
    ('too many', array_fill('x'::text, array[c.count + 1])), ('too long', array[repeat('x', c.length + 1)]), ('an empty one', array['']),
    ('a null', array[null]::text[]), ('in rows', array[array['a'], array['b']])
) as v (what, value);
select lives_ok(
  format('insert into video.brand_guidelines (brand_name, %I) values (''Ann''''s'', %L)', c.name,
    array_fill(repeat(E'\n', c.length), array[c.count])::text),
  c.name || ' to the bound'
)
from (
  values ('values', 30, 200), ('tone_of_voice', 30, 200), ('do_list', 50, 250), ('dont_list', 50, 250), ('color_palette', 30, 50)
) as c (name, count, length);
select throws_ok(
  format('insert into video.brand_guidelines (brand_name, %I) values (%L, %L)', c.name, c.brand, c.value), '23514', null, c.what
)
from (
  values
    ('a blank brand', 'fonts', '', 'x'), ('a long brand', 'fonts', repeat('b', 201), 'x'),
    ('long fonts', 'fonts', 'x', repeat('f', 501)), ('a long style', 'visual_style', 'x', repeat('s', 2001))
) as c (what, name, brand, value);

select * from finish();
rollback;
