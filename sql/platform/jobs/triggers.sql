create trigger set_updated_at
  before update on public.metered_operations
  for each row execute function private.set_updated_at();

create trigger ring_on_enqueue
  after insert on public.jobs
  for each statement execute function private.ring_on_enqueue();
