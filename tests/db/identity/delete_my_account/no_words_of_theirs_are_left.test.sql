-- A word that a user wrote wherever the products take words is nowhere once they left.
begin;
select plan(4);

select private.set_setting('signup_credits', '1000');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create function pg_temp.tables_with(p_word text)
returns setof text
language plpgsql
as $$
declare
  v_table regclass;
  v_found boolean;
begin
  for v_table in
    select c.oid
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p')
      and n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging', 'net')
  loop
    execute format('select exists (select 1 from %s as t where t::text like %L)', v_table, '%' || p_word || '%')
      into v_found;
    if v_found then
      return next v_table::text;
    end if;
  end loop;
end;
$$;

insert into storage.objects (bucket_id, name, metadata)
values ('uploads', 'aaaaaaaa-0000-4000-8000-000000000001/zyzzyva.png', '{"size": 1000, "mimetype": "image/png"}');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
insert into editor.images (id, original_filename, original_url)
values ('11111111-0000-4000-8000-000000000001', 'zyzzyva.png', 'aaaaaaaa-0000-4000-8000-000000000001/zyzzyva.png');
insert into editor.image_operations (image_id, operation_type, input_data)
select '11111111-0000-4000-8000-000000000001', 'generate', '{"prompt": "a zyzzyva"}' from generate_series(1, 4);
insert into video.campaigns (name) values ('zyzzyva');
insert into video.brand_guidelines (brand_name, do_list) values ('zyzzyva', '{zyzzyva}');
insert into video.generations (prompt, model) values ('a zyzzyva', 'veo-2');
insert into video.tool_preset_chains (id, name, tools)
values ('99999999-0000-4000-8000-000000000001', 'zyzzyva', '[{"tool": "generate_image"}]');
select video.run_tool_chain('99999999-0000-4000-8000-000000000001', '{"prompt": "a zyzzyva"}');
insert into staging.projects (id, name) values ('88888888-0000-4000-8000-000000000001', 'zyzzyva');
insert into staging.images (project_id, original_url)
values ('88888888-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000001/zyzzyva.png');
select tests.clear_authentication();

-- One is done, one failed with the words in its error, one is at a provider.
create temporary table claim as
select c.*, row_number() over () as n from private.claim_jobs('w', 3, array['editor.generate']) as c;
select private.complete_job(
  c.id, c.lock_token,
  format(
    '{"files": [{"kind": "processed", "bucket": "results", "path": "%s/%s/t/zyzzyva.png"}]}', c.user_id, c.subject_id
  )::jsonb
)
from claim as c where c.n = 1;
select private.fail_job(c.id, c.lock_token, 'No zyzzyva.', false) from claim as c where c.n = 2;
select private.snooze_job(
  c.id, c.lock_token, now() + interval '1 minute', '{"provider": "acme", "external_id": "1", "note": "zyzzyva"}'
)
from claim as c where c.n = 3;
select cmp_ok((select count(*) from pg_temp.tables_with('zyzzyva')), '>', 8::bigint, 'the word is in many places');

select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select public.delete_my_account();
select tests.clear_authentication();
-- The files themselves are still to be removed, by the paths in that job alone.
delete from public.jobs where type = 'storage.remove_files';
select is_empty($$ select pg_temp.tables_with('zyzzyva') $$, 'it is in none');
select private.cancel_orders(o) from private.unwanted_orders(now() + interval '1 minute') as o;
select results_eq(
  $$ select payload ->> 'external_id', payload ->> 'operation' from public.jobs where type = 'provider.cancel_order' $$,
  $$ values ('1', 'generate') $$, 'what is to be cancelled is known all the same'
);
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
