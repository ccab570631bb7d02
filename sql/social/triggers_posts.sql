create trigger prepare_post
  before insert or update of user_id, channel_id, platform, content_json, rrule
  on social.scheduled_posts
  for each row execute function private.social_prepare_post();
create trigger move_post
  before update of status, retry_count on social.scheduled_posts
  for each row execute function private.social_move_post();
create trigger refuse_started_post
  before update on social.scheduled_posts
  for each row
  when (current_user = 'authenticated' and old.status <> 'queued')
  execute function private.social_refuse_started_post();
create trigger set_updated_at
  before update on social.scheduled_posts
  for each row execute function private.set_updated_at();

create trigger prepare_run
  before insert or update of user_id, scheduled_post_id on social.post_runs
  for each row execute function private.social_prepare_run();
create trigger set_updated_at
  before update on social.post_runs
  for each row execute function private.set_updated_at();

create trigger prepare_monitored_post
  before insert or update of user_id, social_account_id, platform on social.monitored_posts
  for each row execute function private.social_prepare_monitored_post();
-- After it, by name: the rule is looked up by the user that it set.
create trigger time_monitoring
  before insert or update of monitoring_enabled, monitoring_started_at, monitoring_ends_at
  on social.monitored_posts
  for each row execute function private.social_time_monitoring();
create trigger set_updated_at
  before update on social.monitored_posts
  for each row execute function private.set_updated_at();

create trigger prepare_rule
  before insert or update of user_id, social_account_id on social.monitoring_rules
  for each row execute function private.social_prepare_rule();
create trigger set_updated_at
  before update on social.monitoring_rules
  for each row execute function private.set_updated_at();

create trigger prepare_comment
  before insert or update of user_id, post_id, monitored_post_id on social.comments
  for each row execute function private.social_prepare_comment();
create trigger set_updated_at
  before update on social.comments
  for each row execute function private.set_updated_at();
