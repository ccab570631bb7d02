begin;
select plan(4);

select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into editor.images (user_id, original_filename)
values
  ('aaaaaaaa-0000-4000-8000-000000000001', 'ann.png'),
  ('bbbbbbbb-0000-4000-8000-000000000002', 'bob.png');
insert into video.campaigns (user_id, name) values ('aaaaaaaa-0000-4000-8000-000000000001', 'Ann''s');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select is(
  public.export_my_data() -> 'public.profiles' -> 0 ->> 'email', 'ann@example.com', 'the profile'
);
select is(jsonb_array_length(public.export_my_data() -> 'public.credit_transactions'), 1, 'the ledger');
select is(public.export_my_data() -> 'video.campaigns' -> 0 ->> 'name', 'Ann''s', 'a product''s rows');
select ok(public.export_my_data()::text not like '%bob%', 'nothing of another''s');

select * from finish();
rollback;
