-- Also where the trigger that keeps it does not run.
begin;
select plan(1);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into video.campaigns (user_id, name) values ('aaaaaaaa-0000-4000-8000-000000000001', 'Spring');
-- It would set it right.
alter table video.campaigns disable trigger keep_campaign;

select throws_ok(c.statement, '23514', null, c.what)
from (
  values
    ('a time before the end', 'update video.campaigns set completed_at = now()')
) as c (what, statement);

select * from finish();
rollback;
