grant select, insert, update, delete on social.scheduled_posts to service_role;
grant select, delete on social.scheduled_posts to authenticated;
grant insert (id, user_id, channel_id, platform, content_json, publish_at, rrule, status)
  on social.scheduled_posts to authenticated;
grant update (id, user_id, channel_id, platform, content_json, publish_at, rrule, status)
  on social.scheduled_posts to authenticated;

grant select, insert, update, delete on social.post_runs to service_role;
grant select on social.post_runs to authenticated;

grant select, insert, update, delete on social.monitored_posts to service_role;
grant select, delete on social.monitored_posts to authenticated;
grant insert (
  id, user_id, social_account_id, platform_post_id, platform, caption, media_url, posted_at, source,
  monitoring_enabled, monitoring_ends_at
) on social.monitored_posts to authenticated;
grant update (
  id, user_id, social_account_id, platform_post_id, platform, caption, media_url, posted_at, source,
  monitoring_enabled, monitoring_ends_at
) on social.monitored_posts to authenticated;

grant select, insert, update, delete on social.monitoring_rules to service_role;
grant select, delete on social.monitoring_rules to authenticated;
grant insert (
  id, user_id, social_account_id, auto_monitor_enabled, auto_monitor_count, monitoring_duration_days
) on social.monitoring_rules to authenticated;
grant update (
  id, user_id, social_account_id, auto_monitor_enabled, auto_monitor_count, monitoring_duration_days
) on social.monitoring_rules to authenticated;

grant select, insert, update, delete on social.comments to service_role;
grant select on social.comments to authenticated;
grant update (triage, hidden) on social.comments to authenticated;

create policy "Users read their own scheduled posts"
  on social.scheduled_posts for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users schedule posts on their accounts"
  on social.scheduled_posts for insert to authenticated
  with check (user_id = (select private.user_id()) and status = 'queued');

-- Which posts may be changed, a trigger says: a policy would leave them out silently.
create policy "Users change and cancel their own scheduled posts"
  on social.scheduled_posts for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()) and status in ('queued', 'cancelled'));

create policy "Users delete their own posts that are not being published"
  on social.scheduled_posts for delete to authenticated
  using (user_id = (select private.user_id()) and status <> 'publishing');

create policy "Users read runs of their posts"
  on social.post_runs for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own monitored posts"
  on social.monitored_posts for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own monitored posts"
  on social.monitored_posts for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own monitored posts"
  on social.monitored_posts for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own monitored posts"
  on social.monitored_posts for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own monitoring rules"
  on social.monitoring_rules for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users insert their own monitoring rules"
  on social.monitoring_rules for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own monitoring rules"
  on social.monitoring_rules for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own monitoring rules"
  on social.monitoring_rules for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read comments on their posts"
  on social.comments for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users triage and hide comments on their posts"
  on social.comments for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));
