begin;
select plan(6);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
insert into social.faq_qa (id, user_id, answer)
values ('11111111-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001', 'x');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select 1 from social.faq_qa', 'another user does not see it');
select is_empty($$ update social.faq_qa set answer = 'y' returning 1 $$, 'nor change it');
select is_empty('delete from social.faq_qa returning 1', 'nor delete it');
select tests.authenticate_as_anon();
select throws_ok('select 1 from social.faq_qa', '42501', null, 'anon may not look');
select tests.clear_authentication();
update public.profiles set role = 'admin' where id = 'bbbbbbbb-0000-4000-8000-000000000002';
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from social.faq_qa', 'an admin sees it');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select isnt_empty('delete from social.faq_qa returning 1', 'its user deletes it');

select * from finish();
rollback;
