begin;
select plan(4);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 100, 'bonus');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into video.generations (id, prompt, model) values ('22222222-0000-4000-8000-000000000001', 'A cat', 'veo-2');
select throws_ok(
  $$ insert into video.generations (id, prompt, model) values ('22222222-0000-4000-8000-000000000001', 'A cat', 'veo-2') $$,
  '23505', null, 'a retry with the same id'
);
select lives_ok(
  $$
    insert into video.generations (id, prompt, model) values ('22222222-0000-4000-8000-000000000001', 'A cat', 'veo-2')
    on conflict (id) do nothing
  $$, 'or one that ignores duplicates'
);
select is((select count(*) from public.jobs), 1::bigint, 'is one job');
select is((public.my_credits() ->> 'held')::integer, 20, 'and one hold');

select * from finish();
rollback;
