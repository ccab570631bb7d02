-- The user of a post, monitored or scheduled, who is locked against leaving; else
-- PT404 post_not_found.
create function private.social_require_post(p_monitored_post_id uuid, p_scheduled_post_id uuid)
returns uuid
language plpgsql
security definer            -- looks the post up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
begin
  select m.user_id into v_owner from social.monitored_posts as m where m.id = p_monitored_post_id;
  if v_owner is null then
    select s.user_id into v_owner from social.scheduled_posts as s where s.id = p_scheduled_post_id;
  end if;
  if v_owner is null or (v_caller is not null and v_owner <> v_caller) then
    raise exception using
      errcode = 'PT404', message = 'post_not_found',
      detail = format(
        'You have no post %s.', coalesce(p_monitored_post_id::text, p_scheduled_post_id::text, 'null')
      ),
      hint = 'Insert the post first.';
  end if;
  perform private.require_present(v_owner);
  return v_owner;
end;
$$;
