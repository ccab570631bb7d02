insert into private.retire_handlers (handler)
values ('private.social_retire_knowledge')
on conflict do nothing;

insert into private.export_handlers (handler)
values ('private.social_export_knowledge')
on conflict do nothing;
