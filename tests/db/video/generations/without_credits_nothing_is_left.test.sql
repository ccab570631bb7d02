begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 30, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok(
  $$ insert into video.generations (prompt, model) values ('A cat', 'veo-2'), ('A dog', 'veo-2') $$,
  'PT402', 'insufficient_credits', 'two cost more than there is'
);
select is_empty('select 1 from video.generations', 'no row');
select is_empty('select 1 from public.jobs', 'no job');
select is_empty('select 1 from public.credit_holds', 'no hold');
select is(public.my_credits(), '{"settled": 30, "held": 0, "available": 30, "debt": 0}'::jsonb, 'no credits moved');

select * from finish();
rollback;
