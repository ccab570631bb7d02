-- The publication that Supabase's Realtime reads. Nothing reads it here, but the
-- migrations put the same tables into it as on Supabase.
do $$
begin
  if not exists (select from pg_publication where pubname = 'supabase_realtime') then
    create publication supabase_realtime;
  end if;
end;
$$;
