-- What automatic purchases charged a user in the calendar month (UTC) of p_now, in
-- minor units of the currency: the paid ones, and those that may still turn out paid.
create function private.month_spent(p_user_id uuid, p_currency text, p_now timestamptz)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(c.unit_amount), 0)::bigint
  from public.top_ups as t
  join public.checkouts as c on c.id = t.id
  where t.user_id = p_user_id
    and c.currency = p_currency
    and t.status <> 'failed'
    and t.created_at >= date_trunc('month', p_now, 'UTC');
$$;
