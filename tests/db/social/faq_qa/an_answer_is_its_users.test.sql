begin;
select plan(7);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$
    insert into social.faq_qa (id, title, questions, answer)
    values (
      '11111111-0000-4000-8000-000000000001', 'Öffnung', array['When are you open?', 'Opening hours'], 'From 9 to 5.'
    )
  $$,
  'a user adds an answer'
);
select results_eq(
  'select user_id::text, text_size_bytes, is_active, metadata from social.faq_qa',
  $$ values ('aaaaaaaa-0000-4000-8000-000000000001', 8 + 18 + 13 + 12, true, '{}'::jsonb) $$,
  'it is theirs, its bytes are counted'
);
update social.faq_qa set answer = 'Always.';
select is((select text_size_bytes from social.faq_qa), 8 + 18 + 13 + 7, 'and counted again');
select throws_ok(
  'update social.faq_qa set text_size_bytes = 0', '42501', null, 'the size is not the user''s to write'
);
select lives_ok(
  $$
    insert into social.faq_qa (id, user_id, questions, answer)
    values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', '{Hours?}', 'Never.')
    on conflict (id) do update
    set id = excluded.id, user_id = excluded.user_id, questions = excluded.questions, answer = excluded.answer
  $$,
  'an upsert changes it'
);
select throws_ok(
  $$ insert into social.faq_qa (user_id, answer) values ('bbbbbbbb-0000-4000-8000-000000000002', 'x') $$, '42501', null, 'none is added for somebody else'
);
select throws_ok(
  $$ update social.faq_qa set user_id = 'bbbbbbbb-0000-4000-8000-000000000002' $$, 'PT400', 'input_invalid', 'none is given away'
);

select * from finish();
rollback;
