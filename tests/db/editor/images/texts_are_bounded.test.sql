begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(
  format('insert into editor.images (original_filename, %I) values (%L, %L)', c.name, c.filename, c.value),
  '23514', null, c.what
)
from (
  values
    ('an empty filename', 'original_file_type', '', 'image/png'),
    ('a long filename', 'original_file_type', repeat('f', 256), 'image/png'),
    ('a long type', 'original_file_type', 'f', 'image/png;' || repeat('t', 91)), ('a negative size', 'original_file_size', 'f', '-1'),
    ('metadata of 17 kB', 'metadata', 'f', jsonb_build_object('k', array(select gen_random_uuid() from generate_series(1, 500)))::text)
) as c (what, name, filename, value);

select * from finish();
rollback;
