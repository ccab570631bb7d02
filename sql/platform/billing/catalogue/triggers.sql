create trigger set_updated_at
  before update on public.credit_packages
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
create trigger wake_what_waits
  after insert or update of code, price_id on public.plans
  for each row execute function private.wake_for_plan();
create trigger wake_what_waits
  after insert or update of code on public.credit_packages
  for each row execute function private.wake_for_plan();
create trigger wake_what_waits
  after insert or update on private.price_links
  for each row execute function private.wake_for_plan();
