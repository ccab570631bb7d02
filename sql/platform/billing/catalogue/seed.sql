insert into public.credit_packages (code, name, description, credits, unit_amount, currency, sort_order)
values
  ('starter', 'Starter', '100 credits', 100, 999, 'usd', 1),
  ('creator', 'Creator', '500 credits', 500, 3999, 'usd', 2),
  ('pro', 'Pro', '1500 credits', 1500, 9999, 'usd', 3),
  ('enterprise', 'Enterprise', '5000 credits', 5000, 29999, 'usd', 4)
on conflict (code) do nothing;

insert into public.plans (code, name, description, unit_amount, credits_per_period, monthly_limit, sort_order)
values
  ('free', 'Free', 'To try it', 0, 0, 10, 1),
  ('basic', 'Basic', '20 credits a month', 999, 20, 50, 2),
  ('starter', 'Starter', '60 credits a month', 2499, 60, 150, 3),
  ('pro', 'Pro', '200 credits a month', 4999, 200, 500, 4)
on conflict (code) do nothing;
