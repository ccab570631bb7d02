begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.faq_qa (user_id, title, questions, answer, tsconfig, is_active)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'hours', array['When are you open?', 'What are your opening hours?'], 'From 9 to 5.', 'english', true),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'returns', array['How do I return an order?', 'Can I send something back?'], 'Within 30 days.', 'english', true),
  ('aaaaaaaa-0000-4000-8000-000000000001', 'old', array['What are your opening hours on Sundays?'], 'None.', 'english', false),
  ('bbbbbbbb-0000-4000-8000-000000000002', 'other', array['What are your opening hours?'], 'Not yours.', 'english', true);
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(
  (select array_agg(title) from social.match_faq('opening hours')), array['hours'], 'by the second phrasing, own and active alone'
);
select results_eq(
  $$ select title, question, answer from social.match_faq('Can I send something back') $$,
  $$ values ('returns', 'Can I send something back?', 'Within 30 days.') $$,
  'with the phrasing that matched'
);
select is(
  (select title from social.match_faq('returning orders') limit 1), 'returns', 'by other forms of the words'
);
select is(
  (select title from social.match_faq('wen are you opn') limit 1), 'hours', 'with mistakes in writing'
);
select is_empty($$ select 1 from social.match_faq('Do you sell bicycles?') $$, 'nothing where nothing matches');
select is(
  (select bool_and(score between 0.3 and 1) from social.match_faq('how do i return an order?')), true, 'with a score'
);

select * from finish();
rollback;
