begin;
select plan(10);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into video.style_presets (id, user_id, name) values ('66666666-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 'Noir');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(format('select video.use_item(%L, %L)', i.kind, i.id), i.code, i.word, i.what)
from (
  values
    ('another''s', 'style_preset', '66666666-0000-4000-8000-000000000002', 'PT404', 'item_not_found'),
    ('of another kind', 'tool_preset_chain', '66666666-0000-4000-8000-000000000002', 'PT404', 'item_not_found'),
    ('none', 'style_preset', null, 'PT404', 'item_not_found'), ('no kind', null, '66666666-0000-4000-8000-000000000002', 'PT400', 'item_kind_invalid'),
    ('an unknown kind', 'campaign', '66666666-0000-4000-8000-000000000002', 'PT400', 'item_kind_invalid'),
    ('a long kind', repeat('k', 100000), '66666666-0000-4000-8000-000000000002', 'PT400', 'item_kind_invalid')
) as i (what, kind, id, code, word);
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select throws_ok(
  $$ select video.use_item('style_preset', '66666666-0000-4000-8000-000000000002') $$, 'PT404', 'item_not_found', 'nor an admin''s'
);
select tests.authenticate_as_subject('auth0|nobody');
select throws_ok(
  $$ select video.use_item('style_preset', '66666666-0000-4000-8000-000000000002') $$, 'PT404', 'item_not_found', 'nor nobody''s'
);
select tests.authenticate_as_anon();
select throws_ok(
  $$ select video.use_item('style_preset', '66666666-0000-4000-8000-000000000002') $$, '42501', null, 'anon calls none'
);
select tests.clear_authentication();
select is((select s.usage_count from video.style_presets as s), 0, 'nothing was counted');

select * from finish();
rollback;
