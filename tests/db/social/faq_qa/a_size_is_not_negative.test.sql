-- Also where the trigger that counts it does not run.
begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into social.faq_qa (user_id, answer) values ('aaaaaaaa-0000-4000-8000-000000000001', 'Yes.');
-- It would set it right.
alter table social.faq_qa disable trigger prepare_faq;

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('less than nothing', 'update social.faq_qa set text_size_bytes = -1')
) as c (what, statement);

select * from finish();
rollback;
