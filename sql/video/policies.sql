grant select on video.user_profiles to authenticated, service_role;
grant insert (id, username, avatar_url), update (id, username, avatar_url)
  on video.user_profiles to authenticated;
grant select on video.credit_transactions to authenticated, service_role;
grant select on video.pricing_tiers to authenticated, service_role;

-- What a request says is its user's; its state and its price are not.
grant select, delete on video.generations to authenticated;
grant insert (
  id, user_id, prompt, model, aspect_ratio, resolution, mode, reference_image_url,
  campaign_id, storyboard_id, seconds, negative_prompt, platform, character_id, style_preset_id,
  tool_configuration_id, brand_guidelines_id
) on video.generations to authenticated;
grant update (campaign_id, storyboard_id) on video.generations to authenticated;
grant select, insert on video.generations to service_role;

-- Begun by functions; what becomes of them is the system's.
grant select on video.storyboard_runs to authenticated, service_role;
grant select on video.tool_chain_runs to authenticated, service_role;
grant select on video.tool_chain_steps to authenticated, service_role;
grant select on video.model_limits to authenticated;
grant select, insert, update, delete on video.model_limits to service_role;
grant select on video.tools to authenticated;
grant select, insert, update, delete on video.tools to service_role;

-- Whole rows, so that a front end can send back what it read; triggers keep what
-- is counted or dated, whatever is sent.
grant select, insert, update, delete on video.brand_guidelines to authenticated, service_role;
grant select, insert, update, delete on video.campaigns to authenticated, service_role;
grant select, insert, update, delete on video.storyboard_sequences to authenticated, service_role;
grant select, insert, update, delete on video.tool_configurations to authenticated, service_role;
grant select, insert, update, delete on video.style_presets to authenticated, service_role;
grant select, insert, update, delete on video.tool_preset_chains to authenticated, service_role;
grant select, insert, update, delete on video.platform_configurations to authenticated, service_role;
grant select, insert, update on video.performance_metrics to authenticated;
grant select, insert, update, delete on video.performance_metrics to service_role;

create policy "Users read their own generations and admins read all"
  on video.generations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request their own generations"
  on video.generations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own generations"
  on video.generations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own generations"
  on video.generations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own storyboard runs and admins read all"
  on video.storyboard_runs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own tool chain runs and admins read all"
  on video.tool_chain_runs for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own tool chain steps and admins read all"
  on video.tool_chain_steps for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Signed-in users read what models make"
  on video.model_limits for select to authenticated
  using ((select private.user_id()) is not null);

create policy "Signed-in users read the tools there are"
  on video.tools for select to authenticated
  using (is_active and (select private.user_id()) is not null);

create policy "Users read their own brand guidelines and admins read all"
  on video.brand_guidelines for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own brand guidelines"
  on video.brand_guidelines for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own brand guidelines"
  on video.brand_guidelines for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own brand guidelines"
  on video.brand_guidelines for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own campaigns and admins read all"
  on video.campaigns for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own campaigns"
  on video.campaigns for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own campaigns"
  on video.campaigns for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own campaigns"
  on video.campaigns for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own storyboard sequences and admins read all"
  on video.storyboard_sequences for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own storyboard sequences"
  on video.storyboard_sequences for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own storyboard sequences"
  on video.storyboard_sequences for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own storyboard sequences"
  on video.storyboard_sequences for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own tool configurations and admins read all"
  on video.tool_configurations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own tool configurations"
  on video.tool_configurations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own tool configurations"
  on video.tool_configurations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own tool configurations"
  on video.tool_configurations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own style presets and admins read all"
  on video.style_presets for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own style presets"
  on video.style_presets for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own style presets"
  on video.style_presets for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own style presets"
  on video.style_presets for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own tool preset chains and admins read all"
  on video.tool_preset_chains for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own tool preset chains"
  on video.tool_preset_chains for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own tool preset chains"
  on video.tool_preset_chains for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own tool preset chains"
  on video.tool_preset_chains for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their platform configurations and admins read all"
  on video.platform_configurations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own platform configurations"
  on video.platform_configurations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own platform configurations"
  on video.platform_configurations for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own platform configurations"
  on video.platform_configurations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own performance metrics and admins read all"
  on video.performance_metrics for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own performance metrics"
  on video.performance_metrics for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own performance metrics"
  on video.performance_metrics for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));
