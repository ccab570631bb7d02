-- The kind of object that an event of Whop is about, in the words of billing; null for
-- types without effect. Whop's first API versions wrote membership_went_valid, later
-- ones membership.went_valid, today's membership.activated.
create function private.whop_object_type(p_event_type text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case substring(p_event_type from '^(?:app_)?(membership|payment|refund|dispute|product|plan)[._](?!method|affiliate|experience)')
    when 'membership' then 'subscription'
    when 'payment' then 'invoice'
    when 'refund' then 'refund'
    when 'dispute' then case when p_event_type not like 'dispute\_alert%' then 'dispute' end
    when 'product' then 'product'
    when 'plan' then 'price'
  end;
$$;
