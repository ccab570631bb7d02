create trigger set_updated_at
  before update on public.refunds
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.disputes
  for each row execute function private.set_updated_at();
