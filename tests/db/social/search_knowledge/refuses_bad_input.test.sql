begin;
select plan(12);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.embedding(p_x real, p_y real) returns extensions.vector language sql as $$
  select (array[p_x, p_y] || array_fill(0::real, array[766]))::extensions.vector
$$;
grant execute on function pg_temp.embedding(real, real) to public;
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(format('select social.search_knowledge(%s)', c.arguments), 'PT400', c.word, c.why)
from (
  values
    ('null, null', 'argument_missing', 'neither words nor meaning'),
    ('''  '', null', 'argument_missing', 'blank words'),
    ('''  '', pg_temp.embedding(1, 0)', 'argument_missing', 'blank words with a meaning'),
    ('repeat(''x'', 2001)', 'argument_too_long', 'long words'),
    ('null, ''[1,2,3]''', 'embedding_invalid', 'another model''s embedding'),
    ('null, pg_temp.embedding(0, 0)', 'embedding_invalid', 'an embedding of nothing'),
    ('''x'', null, 0', 'limit_invalid', 'no rows'),
    ('''x'', null, 101', 'limit_invalid', 'too many'),
    ('''x'', null, null', 'limit_invalid', 'null rows')
) as c (arguments, word, why);
select lives_ok(
  $$ select social.search_knowledge(E'\'";&|!():*<-> \\ %_') $$, 'signs of the query language are words'
);
select tests.authenticate_as_subject('auth0|unknown');
select throws_ok($$ select social.search_knowledge('x') $$, 'PT403', 'not_signed_in', 'nobody');
select tests.authenticate_as_anon();
select throws_ok($$ select social.search_knowledge('x') $$, '42501', null, 'anon');

select * from finish();
rollback;
