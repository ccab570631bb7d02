-- Before any row is locked: the caller's campaigns, parents first, since what these
-- do to a generation changes its campaign's count.
create trigger lock_campaigns
  before delete on video.generations
  for each statement execute function private.video_lock_campaigns();
create trigger lock_campaigns_to_link
  before update of campaign_id on video.generations
  for each statement execute function private.video_lock_campaigns();
create trigger lock_campaigns
  before delete on video.campaigns
  for each statement execute function private.video_lock_campaigns();
create trigger lock_campaigns
  before delete on video.brand_guidelines
  for each statement execute function private.video_lock_campaigns();

-- Before the foreign keys touch what names these.
create trigger lock_generations
  before delete on video.storyboard_sequences
  for each row execute function private.video_lock_linked('generations', 'storyboard_id');
create trigger lock_generations
  before delete on video.style_presets
  for each row execute function private.video_lock_linked('generations', 'style_preset_id');
create trigger lock_generations
  before delete on video.tool_configurations
  for each row execute function private.video_lock_linked('generations', 'tool_configuration_id');
create trigger lock_generations
  before delete on video.brand_guidelines
  for each row execute function private.video_lock_linked('generations', 'brand_guidelines_id');
create trigger lock_runs
  before delete on video.tool_preset_chains
  for each row execute function private.video_lock_linked('tool_chain_runs', 'chain_id');

create trigger prepare_generation
  before insert on video.generations
  for each row execute function private.video_prepare_generation();
create trigger request_generations
  after insert on video.generations
  referencing new table as inserted
  for each statement execute function private.video_request_generations();
create trigger keep_generation
  before update on video.generations
  for each row execute function private.video_keep_generation();
create trigger count_generations
  after update on video.generations
  referencing old table as before_it new table as after_it
  for each statement execute function private.video_count_generations();
create trigger drop_generations
  after delete on video.generations
  referencing old table as dropped
  for each statement execute function private.video_drop_generations();

-- Named so that it runs first: the others look at the row's user.
create trigger fill_user
  before insert or update on video.brand_guidelines
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.campaigns
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.storyboard_sequences
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.tool_configurations
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.style_presets
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.tool_preset_chains
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.platform_configurations
  for each row execute function private.video_fill_user();
create trigger fill_user
  before insert or update on video.performance_metrics
  for each row execute function private.video_fill_user();

create trigger set_updated_at
  before update on video.brand_guidelines
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.campaigns
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.storyboard_sequences
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.tool_configurations
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.style_presets
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.tool_preset_chains
  for each row execute function private.set_updated_at();
create trigger set_updated_at
  before update on video.platform_configurations
  for each row execute function private.set_updated_at();

create trigger keep_campaign
  before insert or update on video.campaigns
  for each row execute function private.video_keep_campaign();
-- After the insert, so that an upsert of a completed campaign is not one.
create trigger begin_campaign
  after insert on video.campaigns
  for each row
  when (new.status = 'completed')
  execute function private.video_refuse_campaign_status();
create trigger move_campaign
  before update on video.campaigns
  for each row
  when (
    old.status is distinct from new.status
    and (old.status, new.status) not in (('draft', 'active'), ('active', 'completed'))
  )
  execute function private.video_refuse_campaign_status();
create trigger keep_storyboard
  before insert or update on video.storyboard_sequences
  for each row execute function private.video_keep_storyboard();
create trigger keep_metrics
  before insert or update on video.performance_metrics
  for each row execute function private.video_keep_metrics();
-- Named so that it runs after that: it scores a generation that is the user's.
create trigger score_metrics
  before insert or update on video.performance_metrics
  for each row execute function private.video_score_metrics();
