-- What an event says counts for its object even where applying it failed, if it can
-- be read at all.
create function private.keep_failed_version(p_event public.webhook_events)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_event.object_type is null then
    return;
  elsif p_event.source = 'stripe' then
    perform private.keep_stripe_version(p_event);
  else
    perform private.keep_whop_version(p_event);
  end if;
exception when others then
  if sqlstate in ('40001', '40P01') then
    raise;
  end if;
end;
$$;
