-- The steps that end a subscription with its period (true), or let it go on as it
-- is (false): then a downgrade that was to come is dropped too.
create function private.cancel_steps(p_cancel boolean, p_facts private.subscription_facts)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_steps jsonb := private.release_steps(p_facts);
begin
  if p_facts.cancel_at_period_end <> p_cancel then
    v_steps := v_steps || jsonb_build_object('do', 'set_cancel', 'cancel_at_period_end', p_cancel);
  end if;
  return jsonb_build_object(
    'effect', case
      when v_steps = '[]'::jsonb then 'none'
      when p_cancel then 'period_end'
      else 'now'
    end,
    'effective_at', case when p_cancel then p_facts.period_end else now() end,
    'steps', v_steps
  );
end;
$$;
