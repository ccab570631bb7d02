begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select private.grant_credits('aaaaaaaa-0000-4000-8000-000000000001', 10, 'bonus');
insert into editor.images (id, user_id, original_filename)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'poster.png');
insert into editor.image_operations (image_id, operation_type, input_data)
values ('11111111-0000-4000-8000-000000000001', 'generate', '{"prompt": "a cat"}');
select private.start_job(c.id, c.lock_token) from private.claim_jobs('w', 1) as c;
delete from editor.image_operations;

select is((select i.processing_status from editor.images as i), 'pending', 'its last work was taken back');

select * from finish();
rollback;
