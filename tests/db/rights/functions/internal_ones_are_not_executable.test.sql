-- Even if somebody had usage of private by mistake.
begin;
select plan(1);

select is_empty(
  $$
    select p.oid::regprocedure, r.rolname
    from pg_proc as p cross join pg_roles as r
    where p.pronamespace = 'private'::regnamespace and r.rolname in ('anon', 'authenticated')
      and has_function_privilege(r.oid, p.oid, 'execute')
      and p.proname not in (
        'user_id', 'is_admin', 'visible_from', 'visible_to', 'is_delivered', 'has_storage_room', 'quote', 'whoami', 'ensure_profile', 'my_credits', 'my_storage',
        'cancel_job', 'create_checkout'
      )
  $$,
  'by a client'
);

select * from finish();
rollback;
