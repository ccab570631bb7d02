begin;
select plan(11);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into video.brand_guidelines (id, user_id, brand_name) values ('55555555-0000-4000-8000-000000000002', 'bbbbbbbb-0000-4000-8000-000000000002', 'Bob''s');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into video.campaigns (name, %I) values (%L, %L)', c.name, coalesce(c.title, 'One'), c.value), '23514', null, c.what
)
from (
  values
    ('a blank name', 'description', ' ', 'x'), ('a long name', 'description', repeat('n', 201), 'x'),
    ('a long description', 'description', null, repeat('d', 5001)), ('a long audience', 'target_audience', null, repeat('d', 2001)),
    ('many platforms', 'platform', null, array_fill('x'::text, array[21])::text), ('a null platform', 'platform', null, '{null}'),
    ('platforms in rows', 'platform', null, '{{a},{b}}'), ('a negative plan', 'total_videos', null, '-1'),
    ('concepts of 66 kB', 'concepts', null, jsonb_build_array(repeat('c', 66000))::text)
) as c (what, name, title, value);
select throws_ok(
  $$ insert into video.campaigns (name, brand_guidelines_id) values ('One', '55555555-0000-4000-8000-000000000002') $$,
  'PT404', 'brand_guidelines_not_found', 'another''s guidelines'
);
insert into video.brand_guidelines (id, brand_name) values ('55555555-0000-4000-8000-000000000001', 'Ann''s');
insert into video.campaigns (name, platform, total_videos, concepts, brand_guidelines_id)
values ('One', '{tiktok,youtube}', 5, '[{"title": "A"}]', '55555555-0000-4000-8000-000000000001');
delete from video.brand_guidelines;
select results_eq('select name, brand_guidelines_id from video.campaigns', $$ values ('One', null::uuid) $$, 'it outlives its guidelines');

select * from finish();
rollback;
