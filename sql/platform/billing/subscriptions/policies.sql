grant select on public.subscriptions to authenticated, service_role;
grant select on public.subscription_history to authenticated, service_role;

create policy "Users read their own subscriptions and admins read all"
  on public.subscriptions for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own subscription history and admins read all"
  on public.subscription_history for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));
