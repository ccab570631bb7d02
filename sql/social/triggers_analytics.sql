create trigger prepare_analytics
  before insert or update of user_id, content_id on social.analytics
  for each row execute function private.social_prepare_analytics();
create trigger stamp_analytics
  before update on social.analytics
  for each row
  when (
    (old.content_id, old.platform, old.likes, old.shares, old.comments, old.impressions, old.reach,
      old.engagement_rate, old.clicks, old.conversions)
      is distinct from
    (new.content_id, new.platform, new.likes, new.shares, new.comments, new.impressions, new.reach,
      new.engagement_rate, new.clicks, new.conversions)
  )
  execute function private.social_stamp_analytics();
create trigger keep_new_analytics
  after insert on social.analytics
  for each row execute function private.social_keep_analytics();
create trigger keep_changed_analytics
  after update on social.analytics
  for each row
  when (
    (old.content_id, old.platform, old.likes, old.shares, old.comments, old.impressions, old.reach,
      old.engagement_rate, old.clicks, old.conversions)
      is distinct from
    (new.content_id, new.platform, new.likes, new.shares, new.comments, new.impressions, new.reach,
      new.engagement_rate, new.clicks, new.conversions)
  )
  execute function private.social_keep_analytics();
create trigger set_updated_at
  before update on social.analytics
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.topic_analysis
  for each row execute function private.social_claim_row();
create trigger set_updated_at
  before update on social.topic_analysis
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.bertopic_models
  for each row execute function private.social_claim_row();
-- After it, by name: it looks for the user's other models.
create trigger take_over
  before insert or update of user_id, is_active on social.bertopic_models
  for each row
  when (new.is_active)
  execute function private.social_activate_model();
create trigger set_updated_at
  before update on social.bertopic_models
  for each row execute function private.set_updated_at();
