begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  editor.quote_pipeline('[{"operation_type": "upscale", "input_data": {"factor": 4}}, {"operation_type": "vectorize"}]'),
  '{"credits": 4, "steps": [2, 2]}', 'the sum and the parts'
);
select throws_ok($$ select editor.quote_pipeline('[]') $$, 'PT400', 'input_invalid', 'of no steps');
select throws_ok($$ select editor.quote_pipeline(null) $$, 'PT400', 'input_invalid', 'of nothing');
select tests.clear_authentication();
update public.metered_operations set is_active = false where operation = 'editor.vectorize';
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ select editor.quote_pipeline('[{"operation_type": "vectorize"}]') $$, 'PT404', 'price_not_found', 'of what is not for sale'
);

select * from finish();
rollback;
