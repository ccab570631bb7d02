insert into private.retire_handlers (handler)
values ('private.retire_webhook_payloads')
on conflict do nothing;
