-- Everything that the caller owns, as one object of tables and their rows: the
-- platform's, and what each product's registered handler adds.
create function private.export_my_data()
returns jsonb
language plpgsql
stable
security definer            -- reads the caller's rows in every module
set search_path = ''
as $$
declare
  v_user_id uuid := private.require_user_id();
  v_data jsonb := '{}'::jsonb;
  v_part jsonb;
  v_table text;
  v_handler text;
begin
  for v_table in select unnest(array[
    'credit_accounts', 'credit_lots', 'credit_holds', 'credit_transactions', 'jobs', 'job_attempts',
    'customers', 'checkouts', 'payments', 'refunds', 'disputes', 'subscriptions', 'subscription_history', 'invoices',
    'auto_top_ups', 'top_ups', 'notifications_outbox', 'api_usage_logs', 'email_logs', 'user_activity_logs'
  ]) loop
    execute format(
      'select coalesce(jsonb_agg(to_jsonb(t)), ''[]''::jsonb) from public.%I as t where t.user_id = $1', v_table
    ) into v_part using v_user_id;
    v_data := v_data || jsonb_build_object('public.' || v_table, v_part);
  end loop;
  v_data := v_data || jsonb_build_object(
    'public.profiles', (select jsonb_agg(to_jsonb(p)) from public.profiles as p where p.id = v_user_id),
    'storage.objects', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'bucket_id', o.bucket_id, 'name', o.name, 'metadata', o.metadata, 'created_at', o.created_at
      )), '[]'::jsonb)
      from storage.objects as o
      where o.bucket_id in ('uploads', 'results')
        and o.name >= v_user_id::text || '/' and o.name < v_user_id::text || '0'
    )
  );
  for v_handler in select h.handler from private.export_handlers as h order by h.handler loop
    execute format('select %s($1)', to_regprocedure(v_handler || '(uuid)')::oid::regproc)
      into v_part using v_user_id;
    v_data := v_data || coalesce(v_part, '{}'::jsonb);
  end loop;
  return v_data;
end;
$$;
grant execute on function private.export_my_data() to authenticated;
