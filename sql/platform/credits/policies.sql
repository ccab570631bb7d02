-- Users and the service read; only the ledger's functions write.
grant select on public.credit_accounts to authenticated, service_role;
grant select on public.credit_lots to authenticated, service_role;
grant select on public.credit_holds to authenticated, service_role;
grant select on public.credit_transactions to authenticated, service_role;

create policy "Users read their own account and admins read all"
  on public.credit_accounts for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own lots and admins read all"
  on public.credit_lots for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own holds and admins read all"
  on public.credit_holds for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own transactions and admins read all"
  on public.credit_transactions for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
