begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(format('select social.match_faq(%s, %s)', c.query, c.rows), 'PT400', c.word, c.why)
from (
  values
    ('null', '5', 'argument_missing', 'no question'),
    ('''  ''', '5', 'argument_missing', 'a blank one'),
    ('repeat(''x'', 2001)', '5', 'argument_too_long', 'a long one'),
    ('''x''', '0', 'limit_invalid', 'no rows'),
    ('''x''', '101', 'limit_invalid', 'too many'),
    ('''x''', 'null', 'limit_invalid', 'null rows')
) as c (query, rows, word, why);
select tests.authenticate_as_subject('auth0|unknown');
select throws_ok($$ select social.match_faq('x') $$, 'PT403', 'not_signed_in', 'nobody');
select tests.authenticate_as_anon();
select throws_ok($$ select social.match_faq('x') $$, '42501', null, 'anon');

select * from finish();
rollback;
