create function private.editor_quote_pipeline(p_steps jsonb)
returns jsonb
language plpgsql
stable
security definer            -- one price for every caller
set search_path = ''
as $$
declare
  v_prices integer[] := private.editor_step_prices(private.editor_check_steps(p_steps));
begin
  return jsonb_build_object(
    'credits', (select sum(p.credits) from unnest(v_prices) as p (credits)),
    'steps', to_jsonb(v_prices)
  );
end;
$$;
grant execute on function private.editor_quote_pipeline(jsonb) to authenticated;
