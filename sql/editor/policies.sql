grant select, delete on editor.images to authenticated;
grant insert (
  id, user_id, original_filename, original_file_size, original_file_type, original_url,
  is_favorite, metadata
) on editor.images to authenticated;
-- What an upsert sets: the key and the owner too, held by the policies.
grant update (
  id, user_id, original_filename, original_file_size, original_file_type, original_url,
  is_favorite, metadata
) on editor.images to authenticated;
grant select, insert, update, delete on editor.images to service_role;

grant select, delete on editor.image_operations to authenticated;
grant insert (id, image_id, operation_type, api_provider, input_data)
  on editor.image_operations to authenticated;
grant select, insert on editor.image_operations to service_role;

grant select, delete on editor.image_pipelines to authenticated;
grant insert (id, image_id, steps) on editor.image_pipelines to authenticated;
grant select, insert on editor.image_pipelines to service_role;

create policy "Users read their own images and admins read all"
  on editor.images for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users insert their own images"
  on editor.images for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own images and admins update any"
  on editor.images for update to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()))
  with check (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users delete their own images and admins delete any"
  on editor.images for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users read their own operations and admins read all"
  on editor.image_operations for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request operations on their own images"
  on editor.image_operations for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users delete their own operations"
  on editor.image_operations for delete to authenticated
  using (user_id = (select private.user_id()));

create policy "Users read their own pipelines and admins read all"
  on editor.image_pipelines for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users request pipelines on their own images"
  on editor.image_pipelines for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users delete their own pipelines"
  on editor.image_pipelines for delete to authenticated
  using (user_id = (select private.user_id()));

-- A front end upserts whole rows, so keys and owners are granted too and held by the
-- policies.
grant select, delete on editor.image_collections to authenticated;
grant insert (id, user_id, name, description, is_public) on editor.image_collections to authenticated;
grant update (id, user_id, name, description, is_public) on editor.image_collections to authenticated;
grant select, insert, update, delete on editor.image_collections to service_role;

grant select, delete on editor.image_collection_items to authenticated;
grant insert (id, collection_id, image_id) on editor.image_collection_items to authenticated;
grant update (id, collection_id, image_id) on editor.image_collection_items to authenticated;
grant select, insert, update, delete on editor.image_collection_items to service_role;

-- Each side of the "or" has an index, so that neither hides the other's.
create policy "Users read their own and public collections and admins read all"
  on editor.image_collections for select to authenticated
  using (
    user_id between (select private.visible_from()) and (select private.visible_to())
    or (is_public and (select private.user_id()) is not null)
  );

create policy "Users insert their own collections"
  on editor.image_collections for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users update their own collections"
  on editor.image_collections for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users delete their own collections and admins delete any"
  on editor.image_collections for delete to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

-- Of a public collection too: others get its finished results from
-- editor.public_collection(), not its images.
create policy "Users read their own collections' items and admins read all"
  on editor.image_collection_items for select to authenticated
  using (user_id between (select private.visible_from()) and (select private.visible_to()));

create policy "Users put images into their own collections"
  on editor.image_collection_items for insert to authenticated
  with check (user_id = (select private.user_id()));

create policy "Users change the items of their own collections"
  on editor.image_collection_items for update to authenticated
  using (user_id = (select private.user_id()))
  with check (user_id = (select private.user_id()));

create policy "Users take images out of their own collections"
  on editor.image_collection_items for delete to authenticated
  using (user_id = (select private.user_id()));

-- The views: who may do what is decided by the platform's tables, the grants here
-- only name what the document lets its users do.
grant select on editor.profiles to authenticated, service_role;
grant insert (id, first_name, last_name, company, phone, avatar_url) on editor.profiles to authenticated;
grant update (id, first_name, last_name, company, phone, avatar_url, last_activity_at)
  on editor.profiles to authenticated;
grant select on editor.subscription_plans to anon, authenticated, service_role;
grant select on editor.pay_as_you_go_packages to anon, authenticated, service_role;
grant select on editor.credit_transactions to authenticated, service_role;
grant select on editor.subscription_history to authenticated, service_role;
grant select on editor.api_costs to authenticated, service_role;
grant select on editor.api_usage_logs to authenticated, service_role;
grant select on editor.admin_logs to authenticated, service_role;
grant select on editor.system_metrics to authenticated;
grant select, insert on editor.system_metrics to service_role;
grant select on editor.user_activity_logs to authenticated, service_role;
grant select, insert, update, delete on editor.email_templates to authenticated, service_role;
grant select, insert, update, delete on editor.email_campaigns to authenticated, service_role;
grant select on editor.email_logs to authenticated;
grant select, insert, update on editor.email_logs to service_role;
grant select on editor.user_analytics to authenticated, service_role;
grant select on editor.revenue_analytics to authenticated, service_role;
