begin;
select plan(5);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select lives_ok(
  $$ insert into social.knowledge_documents (tsconfig) values ('german') $$, 'a configuration of Postgres'
);
select throws_ok(
  format('insert into social.knowledge_documents (tsconfig) values (%L)', c.name), 'PT400', 'tsconfig_unknown', c.why
)
from (values ('klingon', 'an unknown one'), ('', 'an empty one'), ('pg_catalog.english', 'a qualified one')) as c (name, why);
select throws_ok(
  $$ update social.knowledge_documents set tsconfig = 'x; drop table y' $$, 'PT400', 'tsconfig_unknown', 'nor by an update'
);

select * from finish();
rollback;
