create trigger set_updated_at
  before update on public.auto_top_ups
  for each row execute function private.set_updated_at();

create trigger pay_top_up
  after update of status on public.checkouts
  for each row
  when (new.status = 'paid' and old.status <> 'paid')
  execute function private.pay_top_up();
create trigger note_other_card
  after update of default_payment_method on public.customers
  for each row
  when (
    new.default_payment_method is not null
    and new.default_payment_method is distinct from old.default_payment_method
  )
  execute function private.note_other_card();
