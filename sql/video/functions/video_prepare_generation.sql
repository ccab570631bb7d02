-- What a request may say. Its state and its price are not the caller's to choose,
-- whatever they send; what it names is the user's own.
create function private.video_prepare_generation()
returns trigger
language plpgsql
security definer            -- looks the user's rows and files up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
begin
  if new.tool_chain_run_id is not null then
    return new;             -- made and paid by a chain's step, which no client can say
  end if;
  new.user_id := coalesce(new.user_id, v_caller);
  new.status := 'generating';
  new.video_url := null;
  new.poster_url := null;
  new.error_message := null;
  new.credits_used := null;
  new.files := null;
  new.completed_at := null;
  if new.user_id is distinct from v_caller and v_caller is not null then
    return new;             -- the policy refuses it
  end if;

  -- The user, then the rows it names: all stay until this commits.
  perform private.require_active(new.user_id);
  return private.video_settle_request(new);
end;
$$;
