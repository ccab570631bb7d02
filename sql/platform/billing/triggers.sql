create trigger set_updated_at
  before update on public.credit_packages
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.customers
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.checkouts
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.products
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.prices
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.plans
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.subscriptions
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.invoices
  for each row execute function private.set_updated_at();
