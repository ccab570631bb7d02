-- A plan or a package appeared, or a price is linked: events that waited for it are
-- tried again.
create function private.wake_for_plan()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform private.wake_events(
    s.source,
    case tg_table_name
      when 'plans' then array['plan:' || (to_jsonb(new) ->> 'code'), 'price:' || (to_jsonb(new) ->> 'price_id')]
      when 'credit_packages' then array['package:' || (to_jsonb(new) ->> 'code')]
      else array['price:' || (to_jsonb(new) ->> 'price_id')]
    end
  )
  from (values ('stripe'), ('whop')) as s (source);
  return null;
end;
$$;
