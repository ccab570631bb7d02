-- What cron calls: tries events again that wait or failed, one a transaction. A
-- procedure that commits cannot pin its search_path: every name is qualified.
create procedure private.retry_webhook_events(p_now timestamptz default now(), p_limit integer default 200)
language plpgsql
as $$
declare
  v_id uuid;
begin
  for v_id in
    select e.id
    from public.webhook_events as e
    where e.next_attempt_at <= p_now
    order by e.next_attempt_at
    limit p_limit
  loop
    perform private.replay_webhook_event(v_id, p_now);
    commit;
  end loop;
end;
$$;
