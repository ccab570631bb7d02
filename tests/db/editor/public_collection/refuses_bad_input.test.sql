begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.image_collections (id, user_id, name, is_public)
values ('33333333-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'Cats', true);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(format('select editor.public_collection(%s)', c.arguments), c.code, c.word, c.what)
from (
  values
    ('no id', 'PT400', 'argument_missing', 'null'),
    ('an unknown id', 'PT404', 'collection_not_found', 'gen_random_uuid()'),
    ('no limit', 'PT400', 'limit_invalid', $$'33333333-0000-4000-8000-000000000001', null$$),
    ('nothing', 'PT400', 'limit_invalid', $$'33333333-0000-4000-8000-000000000001', 0$$),
    ('too much', 'PT400', 'limit_invalid', $$'33333333-0000-4000-8000-000000000001', 1001$$),
    ('from before the first', 'PT400', 'limit_invalid', $$'33333333-0000-4000-8000-000000000001', 1, -1$$),
    ('from nowhere', 'PT400', 'limit_invalid', $$'33333333-0000-4000-8000-000000000001', 1, null$$)
) as c (what, code, word, arguments);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select editor.public_collection('33333333-0000-4000-8000-000000000001') $$, 'PT403', 'not_signed_in',
  'a token without a user'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select editor.public_collection('33333333-0000-4000-8000-000000000001') $$, '42501', null, 'anon'
);

select * from finish();
rollback;
