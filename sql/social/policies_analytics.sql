-- Made by the service alone; a model is chosen by activate_topic_model.
grant select, insert, update, delete on social.analytics to service_role;
grant select on social.analytics to authenticated;
grant select, delete on social.analytics_history to service_role;
grant select on social.analytics_history to authenticated;
grant select, insert, update, delete on social.topic_analysis to service_role;
grant select on social.topic_analysis to authenticated;
grant select, insert, update, delete on social.bertopic_models to service_role;
grant select on social.bertopic_models to authenticated;

create policy "Users read analytics of their posts"
  on social.analytics for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read the history of their analytics"
  on social.analytics_history for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read topics of their customers"
  on social.topic_analysis for select to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own topic models"
  on social.bertopic_models for select to authenticated
  using (user_id = (select private.user_id()));
