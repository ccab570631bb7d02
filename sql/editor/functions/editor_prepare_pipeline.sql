-- What a request may say: the image and the steps. The rest is not the caller's to
-- choose, whatever they send.
create function private.editor_prepare_pipeline()
returns trigger
language plpgsql
security definer            -- looks the image up whatever the caller sees
set search_path = ''
as $$
begin
  new.user_id := (private.editor_require_image(new.image_id)).user_id;
  new.steps := private.editor_check_steps(new.steps);
  new.prices := private.editor_step_prices(new.steps);
  new.status := 'pending';
  new.credits_used := 0;
  new.error_message := null;
  new.completed_at := null;
  return new;
end;
$$;
