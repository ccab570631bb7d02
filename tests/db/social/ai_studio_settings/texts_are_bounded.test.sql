begin;
select plan(3);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.ai_studio_settings (user_id) values ('aaaaaaaa-0000-4000-8000-000000000001');

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('a long prompt', 'update social.ai_studio_settings set default_system_prompt = repeat(''p'', 20001)'),
    ('no model', 'update social.ai_studio_settings set default_model = '''''),
    ('a long model', 'update social.ai_studio_settings set default_model = repeat(''m'', 201)')
) as c (what, statement);

select * from finish();
rollback;
