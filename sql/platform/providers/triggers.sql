create trigger set_updated_at
  before update on public.providers
  for each row execute function private.set_updated_at();

create trigger set_updated_at
  before update on public.provider_routes
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on public.provider_circuits
  for each row execute function private.set_updated_at();
