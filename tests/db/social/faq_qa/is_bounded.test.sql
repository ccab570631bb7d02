begin;
select plan(8);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  format('insert into social.faq_qa (questions, answer) values (%L, ''x'')', c.questions), c.code, c.word, c.why
)
from (
  values
    (array_fill('x'::text, array[51]), '23514', null, 'at most 50 phrasings'),
    (array['x', null], '23514', null, 'none is null'),
    (array[array['x', 'y']], '23514', null, 'a list, not a table'),
    (array['x', ' '], 'PT400', 'input_invalid', 'none is blank'),
    (array[repeat('x', 501)], 'PT400', 'input_invalid', 'none is long')
) as c (questions, code, word, why);
select throws_ok($$ insert into social.faq_qa (answer) values ('') $$, '23514', null, 'an answer says something');
select throws_ok(
  format('insert into social.faq_qa (answer) values (%L)', repeat('x', 10001)), '23514', null, 'and not too much'
);
select throws_ok(
  $$ insert into social.faq_qa (answer, tsconfig) values ('x', 'klingon') $$, 'PT400', 'tsconfig_unknown', 'in a known language'
);

select * from finish();
rollback;
