insert into private.retire_handlers (handler)
values ('private.retire_notifications')
on conflict do nothing;
