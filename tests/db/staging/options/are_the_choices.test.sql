begin;
select plan(9);

select private.set_setting('signup_credits', '0');
select private.create_profile('aaaaaaaa-0000-4000-8000-000000000001', 'ann@example.com', p_auth0_sub => 'auth0|ann');
select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com', p_auth0_sub => 'auth0|bob');
update staging.options set is_active = false where code = 'luxury';
select tests.authenticate_as_anon();
select isnt_empty($$ select 1 from staging.options where kind = 'room_type' and code = 'living_room' $$, 'everyone reads them');
select is_empty($$ select 1 from staging.options where code = 'luxury' $$, 'those that are offered');
select throws_ok('delete from staging.options', '42501', null, 'anon writes none');
select tests.authenticate_as_subject('auth0|ann');
select throws_ok($$ insert into staging.options (kind, code, label) values ('style', 'x', 'X') $$, '42501', null, 'nor does a user');
select throws_ok('update staging.options set label = ''x''', '42501', null, 'or changes one');
select tests.authenticate_as_service();
select lives_ok($$ insert into staging.options (kind, code, label) values ('style', 'gothic', 'Gothic') $$, 'the service does');
select throws_ok(
  format('insert into staging.options (kind, code, label) values (%L, %L, %L)', c.kind, c.code, c.label), '23514', null, 'in form'
)
from (values ('colour', 'red', 'Red'), ('style', 'Not A Word', 'X'), ('style', 'y', '')) as c (kind, code, label);

select * from finish();
rollback;
