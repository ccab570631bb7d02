create trigger set_updated_at
  before update on public.email_templates
  for each row execute function private.set_updated_at();
