begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
update public.profiles set role = 'admin' where username = 'bob';
insert into public.email_campaigns (name) values ('Spring');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is_empty('select 1 from public.email_campaigns', 'a user reads none');
select throws_ok($$ insert into public.email_campaigns (name) values ('Mine') $$, '42501', null, 'writes none');
select is_empty($$ update public.email_campaigns set name = 'Mine' returning 1 $$, 'changes none');
select is_empty('delete from public.email_campaigns returning 1', 'and deletes none');

select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select isnt_empty('select 1 from public.email_campaigns', 'an admin reads them');
select lives_ok($$ insert into public.email_campaigns (name) values ('Summer') $$, 'writes them');
select isnt_empty($$ update public.email_campaigns set name = 'Autumn' where name = 'Spring' returning 1 $$, 'changes them');
select isnt_empty($$ delete from public.email_campaigns where name = 'Autumn' returning 1 $$, 'and deletes them');
select tests.clear_authentication();
select results_eq('select name from public.email_campaigns', $$ values ('Summer') $$, 'that one alone');

select * from finish();
rollback;
