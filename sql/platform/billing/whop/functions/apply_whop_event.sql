-- What an event of Whop does: applied, ignored (nothing of ours), or what has to be
-- known first, such as customer:user_1.
create function private.apply_whop_event(p_event public.webhook_events, p_now timestamptz)
returns text
language plpgsql
set search_path = ''
as $$
declare
  v_type text := p_event.object_type;
  v_id text := p_event.object_id;
  v_said jsonb := p_event.payload -> 'data';
  v_kept record;
begin
  if v_type is null then
    return 'ignored';
  elsif v_type in ('product', 'price') then
    return private.apply_whop_catalogue(p_event);
  end if;
  select * into v_kept from private.keep_whop_version(p_event);
  if v_type in ('subscription', 'invoice') then
    if p_event.purged_at is null then
      perform private.learn_whop_catalogue(
        v_said, v_type,
        coalesce(
          private.whop_time(v_said -> 'updated_at'), private.whop_time(p_event.payload -> 'timestamp'),
          p_event.received_at
        )
      );
    end if;
    if v_kept.user_id is null then
      return coalesce('customer:' || private.whop_reference(v_kept.object, 'user'), 'ignored');
    end if;
  end if;
  return case v_type
    when 'subscription' then
      case
        -- What was bought once has no period: its payment says all.
        when private.whop_time(v_kept.object -> 'renewal_period_end') is null then 'applied'
        else private.apply_subscription('whop', v_id, v_kept.user_id, p_now)
      end
    when 'invoice' then private.apply_whop_payment(v_id, v_kept.user_id, p_now)
    when 'refund' then private.apply_refund('whop', v_id, p_now)
    when 'dispute' then private.apply_dispute('whop', v_id, p_now)
  end;
end;
$$;
