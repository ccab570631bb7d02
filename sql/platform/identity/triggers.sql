create trigger fill_profile
  before insert on public.profiles
  for each row execute function private.fill_profile();
create trigger open_account
  after insert on public.profiles
  for each row execute function private.open_account();

create trigger set_updated_at
  before update on public.profiles
  for each row execute function private.set_updated_at();

create trigger tallybase_new_user
  after insert on auth.users
  for each row execute function private.handle_new_user();

create trigger tallybase_changed_user
  after update of email on auth.users
  for each row
  when (old.email is distinct from new.email)
  execute function private.handle_changed_user();

create trigger tallybase_soft_deleted_user
  after update of deleted_at on auth.users
  for each row
  when (old.deleted_at is null and new.deleted_at is not null)
  execute function private.handle_deleted_user();

create trigger tallybase_deleted_user
  before delete on auth.users
  for each row execute function private.handle_deleted_user();
