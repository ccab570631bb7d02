begin;
select plan(14);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
alter table video.generations disable trigger user;
insert into video.brand_guidelines (user_id, brand_name) select 'bbbbbbbb-0000-4000-8000-000000000002', 'B' from generate_series(1, 3000);
insert into video.campaigns (user_id, name) select 'bbbbbbbb-0000-4000-8000-000000000002', 'C' from generate_series(1, 3000);
insert into video.storyboard_sequences (user_id, name) select 'bbbbbbbb-0000-4000-8000-000000000002', 'S' from generate_series(1, 3000);
insert into video.generations (user_id, prompt, model, campaign_id)
select 'bbbbbbbb-0000-4000-8000-000000000002', 'P', 'veo-2', c.id from video.campaigns as c;
insert into video.performance_metrics (user_id, generation_id) select 'bbbbbbbb-0000-4000-8000-000000000002', g.id from video.generations as g;
insert into video.tool_configurations (user_id, tool_name) select 'bbbbbbbb-0000-4000-8000-000000000002', 'T' from generate_series(1, 3000);
insert into video.style_presets (user_id, name) select 'bbbbbbbb-0000-4000-8000-000000000002', 'S' from generate_series(1, 3000);
insert into video.tool_preset_chains (user_id, name) select 'bbbbbbbb-0000-4000-8000-000000000002', 'C' from generate_series(1, 3000);
insert into video.platform_configurations (user_id, platform) select 'bbbbbbbb-0000-4000-8000-000000000002', 'p' || n from generate_series(1, 3000) as n;
select private.grant_credits('bbbbbbbb-0000-4000-8000-000000000002', 1, 'bonus') from generate_series(1, 3000);
insert into public.jobs (user_id, type, subject_id, deadline, due_at)
select 'bbbbbbbb-0000-4000-8000-000000000002', 'video.generate', g.id, now(), now() from video.generations as g;
analyze;
create function pg_temp.plan(p_query text) returns text language plpgsql as $f$
declare
  v_line text;
  v_plan text := '';
begin
  for v_line in execute 'explain (costs off) ' || p_query loop
    v_plan := v_plan || v_line || e'\n';
  end loop;
  return v_plan;
end;
$f$;
grant execute on function pg_temp.plan(text) to authenticated, service_role;

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');

select unalike(pg_temp.plan(q.query), '%Seq Scan%', q.query)
from (
  values
    ('select * from video.generations where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' order by created_at desc limit 20'),
    ('select * from video.generations where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' and status = ''success'' order by created_at desc limit 20'),
    ('select * from video.credit_transactions where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' order by created_at desc limit 20'),
    ('select * from video.credit_transactions where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' and transaction_type = ''purchase'''),
    ('select * from video.brand_guidelines where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' order by created_at desc limit 20'),
    ('select * from video.tool_configurations where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' and tool_name = ''T'' order by created_at desc limit 20'),
    ('select * from video.campaigns where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' and status = ''active'' order by created_at desc limit 20'),
    ('select * from video.storyboard_sequences where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' order by created_at desc limit 20'),
    ('select * from video.storyboard_sequences where campaign_id = ''aaaaaaaa-0000-4000-8000-000000000001'''),
    ('select * from video.style_presets where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' order by usage_count desc limit 20'),
    ('select * from video.performance_metrics where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' order by created_at desc limit 20'),
    ('select * from video.performance_metrics where generation_id = ''aaaaaaaa-0000-4000-8000-000000000001'''),
    ('select * from video.tool_preset_chains where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' order by usage_count desc limit 20'),
    ('select * from video.platform_configurations where user_id = ''aaaaaaaa-0000-4000-8000-000000000001'' and platform = ''p1''')
) as q (query);

select * from finish();
rollback;
