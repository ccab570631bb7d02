-- Every function that an API role may execute. Those of private are called by the
-- wrappers, which are bound to them, and by policies; no API role can name them.
begin;
select plan(2);

select set_eq(
  $$
    select format('%s.%s', n.nspname, p.proname), string_agg(a.grantee::regrole::text, ', ' order by a.grantee::regrole::text)
    from pg_proc as p
    join pg_namespace as n on n.oid = p.pronamespace
    cross join lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a
    where n.nspname in ('public', 'private', 'video', 'editor', 'social', 'staging')
      and a.grantee <> p.proowner and a.grantee <> 0
    group by p.oid, n.nspname, p.proname
  $$,
  $$
    select format('%s.%s', s.name, f.name), f.roles
    from (
      values
        ('whoami', 'authenticated'),
        ('ensure_profile', 'authenticated'),
        ('my_credits', 'authenticated'),
        ('my_storage', 'authenticated'),
        ('cancel_job', 'authenticated'),
        ('create_checkout', 'authenticated'),
        ('quote', 'anon, authenticated, service_role'),

        ('grant_credits', 'service_role'),
        ('spend_credits', 'service_role'),
        ('spend_credits_batch', 'service_role'),
        ('hold_credits', 'service_role'),
        ('capture_hold', 'service_role'),
        ('release_hold', 'service_role'),
        ('claim_jobs', 'service_role'),
        ('start_job', 'service_role'),
        ('heartbeat_job', 'service_role'),
        ('snooze_job', 'service_role'),
        ('complete_job', 'service_role'),
        ('complete_jobs', 'service_role'),
        ('fail_job', 'service_role'),
        ('record_provider_callback', 'service_role'),
        ('record_api_usage', 'service_role'),
        ('attach_checkout', 'service_role'),
        ('record_webhook_event', 'service_role'),
        ('replay_webhook_event', 'service_role')
    ) as f (name, roles)
    cross join (values ('public'), ('private')) as s (name)
    union all
    values
      ('private.user_id', 'anon, authenticated, service_role'),
      ('private.is_admin', 'anon, authenticated, service_role'),
      ('private.visible_from', 'anon, authenticated, service_role'),
      ('private.visible_to', 'anon, authenticated, service_role'),
      ('private.is_delivered', 'authenticated'),
      ('private.has_storage_room', 'authenticated')
  $$,
  'rights on functions'
);
select is_empty(
  $$
    select p.proname
    from pg_proc as p
    where p.pronamespace::regnamespace::text in ('public', 'private', 'video', 'editor', 'social', 'staging')
    group by p.pronamespace, p.proname
    having count(*) > 1
  $$,
  'no name stands for two functions'
);

select * from finish();
rollback;
