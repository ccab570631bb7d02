insert into public.credit_packages (code, name, description, credits, unit_amount, currency, sort_order)
values
  ('starter', 'Starter', '100 credits', 100, 999, 'usd', 1),
  ('creator', 'Creator', '500 credits', 500, 3999, 'usd', 2),
  ('pro', 'Pro', '1500 credits', 1500, 9999, 'usd', 3),
  ('enterprise', 'Enterprise', '5000 credits', 5000, 29999, 'usd', 4)
on conflict (code) do nothing;
