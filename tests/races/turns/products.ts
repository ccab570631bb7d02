import type { Turn } from "./turn.ts";

const mine = (table: string, condition = "true"): string =>
  `(select t.id from ${table} as t where t.user_id = :me and ${condition} order by t.id limit 1)`;
const jobsOf = (operations: string): string =>
  `array(select j from public.jobs as j where j.subject_id in (select o.id from editor.image_operations as o where o.user_id = :me and ${operations}))`;
const image = "editor.images where user_id = :me";
const imageId = mine("editor.images");
const item = "(select t.id from editor.image_collection_items as t where t.user_id = :me limit 1)";
const pending = mine(
  "editor.image_operations",
  "t.operation_type = 'vectorize' and t.pipeline_id is null",
);
const storyboard = "video.storyboard_sequences where user_id = :me";
const filmed = mine("video.generations", "t.campaign_id is not null");
const campaign = "video.campaigns where user_id = :me";
const step = mine("video.tool_chain_steps", "t.request ? 'style_preset_id'");
const photo = "staging.images where user_id = :me";

export const editor: Turn[] = [
  {
    what: "work that is deleted, whose image another has",
    row: image,
    call: `delete from editor.image_operations as o where o.id = ${pending}`,
  },
  {
    what: "work that its user deletes, whose image another has",
    row: image,
    call: `delete from editor.image_operations as o where o.id = ${pending}`,
    asUser: true,
    waitsIn: "editor_lock_images",
  },
  {
    what: "a pipeline that its user deletes, whose image another has",
    row: image,
    call: "delete from editor.image_pipelines as p where p.user_id = :me",
    asUser: true,
    waitsIn: "editor_lock_images",
  },
  {
    what: "an image that expires",
    row: image,
    call: `select private.editor_expire_image(${imageId})`,
    waitsIn: "editor_expire_image",
  },
  {
    what: "the end of work on an image",
    row: image,
    call: `select private.editor_lock_operations(${jobsOf("true")})`,
    waitsIn: "editor_lock_operations",
  },
  {
    what: "the end of a step of a pipeline",
    row: "editor.image_pipelines where user_id = :me",
    call: `select private.editor_lock_operations(${jobsOf("o.pipeline_id is not null")})`,
    waitsIn: "editor_lock_operations",
  },
  {
    what: "the end of an operation",
    row: "editor.image_operations where user_id = :me",
    call: `select private.editor_lock_operations(${jobsOf("true")})`,
    waitsIn: "editor_lock_operations",
  },
  {
    what: "an image that is put into a collection, which becomes public",
    row: "editor.image_collections where user_id = :me",
    call: `insert into editor.image_collection_items (collection_id, image_id) values (${mine("editor.image_collections")}, ${imageId})`,
    waitsIn: "editor_prepare_item",
  },
  {
    what: "work on an image that is being deleted",
    row: image,
    strength: "update",
    call: `select private.editor_require_image(${imageId})`,
    waitsIn: "editor_require_image",
  },
  {
    what: "a picture that is shared, while its image gets a result",
    row: image,
    call: `select private.editor_share_items(array[${item}])`,
    waitsIn: "editor_share_items",
  },
  {
    what: "a picture that is shared, while its place in the collection goes",
    row: "editor.image_collection_items where user_id = :me",
    strength: "update",
    call: `select private.editor_share_items(array[${item}])`,
    waitsIn: "editor_share_items",
  },
  {
    what: "the end of a share",
    row: "public.shared_files where user_id = :me",
    call: "select private.editor_unshare_items(array(select s.subject_id from public.shared_files as s where s.user_id = :me))",
    waitsIn: "editor_unshare_items",
  },
];

export const video: Turn[] = [
  {
    what: "the filming of a storyboard",
    row: storyboard,
    call: `select * from video.generate_storyboard(${mine("video.storyboard_sequences")}, '{"model": "veo-fast"}')`,
    asUser: true,
    waitsIn: "video_generate_storyboard",
  },
  {
    what: "a generation that its user deletes",
    row: campaign,
    call: `delete from video.generations as g where g.id = ${filmed}`,
    asUser: true,
    waitsIn: "video_lock_campaigns",
  },
  {
    what: "a generation that its user moves to another campaign",
    row: campaign,
    call: `update video.generations as g set campaign_id = null where g.id = ${filmed}`,
    asUser: true,
    waitsIn: "video_lock_campaigns",
  },
  ...["campaigns", "brand_guidelines"].map(
    (table): Turn => ({
      what: `what a user deletes of ${table}, while a campaign is counted`,
      row: campaign,
      call: `delete from video.${table} as t where t.user_id = :me`,
      asUser: true,
      waitsIn: "video_lock_campaigns",
    }),
  ),
  ...Object.entries({
    storyboard_sequences: "storyboard_id",
    style_presets: "style_preset_id",
    tool_configurations: "tool_configuration_id",
    brand_guidelines: "brand_guidelines_id",
  }).map(
    ([table, column]): Turn => ({
      what: `what a user deletes of ${table}, while a generation that names it ends`,
      row: `video.generations where ${column} is not null and user_id = :me`,
      call: `delete from video.${table} as t where t.user_id = :me`,
      asUser: true,
      waitsIn: "video_lock_linked",
    }),
  ),
  {
    what: "a tool chain that its user deletes, while a run of it ends",
    row: "video.tool_chain_runs where user_id = :me",
    call: "delete from video.tool_preset_chains as c where c.user_id = :me",
    asUser: true,
    waitsIn: "video_lock_linked",
  },
  {
    what: "a run of a tool chain",
    row: "video.tool_chain_runs where user_id = :me",
    call: `select private.video_lock_chain_run(:me, ${mine("video.tool_chain_runs")})`,
    waitsIn: "video_lock_chain_run",
  },
  {
    what: "the end of a generation, whose campaign another counts",
    row: campaign,
    call: `select private.video_lock_rows(array[${filmed}])`,
    waitsIn: "video_lock_rows",
  },
  {
    what: "the end of a generation",
    row: `video.generations where id = ${filmed}`,
    call: `select private.video_lock_rows(array[${filmed}])`,
    waitsIn: "video_lock_rows",
  },
  ...["style_presets", "tool_configurations", "brand_guidelines"].map(
    (table): Turn => ({
      what: `the end of a step that names one of the ${table}, which is being deleted`,
      row: `video.${table} where user_id = :me`,
      strength: "update",
      call: `select private.video_lock_steps(array[${step}])`,
      waitsIn: "video_lock_steps",
    }),
  ),
  {
    what: "the end of a step, whose run another has",
    row: "video.tool_chain_runs where user_id = :me",
    call: `select private.video_lock_steps(array[${step}])`,
    waitsIn: "video_lock_steps",
  },
  {
    what: "the end of a step",
    row: `video.tool_chain_steps where id = ${step}`,
    call: `select private.video_lock_steps(array[${step}])`,
    waitsIn: "video_lock_steps",
  },
  {
    what: "a user who leaves, with a tool chain that runs",
    row: "video.tool_chain_runs where user_id = :me",
    call: "select private.video_retire_user(:me)",
    waitsIn: "video_retire_user",
  },
  {
    what: "a user who leaves, with a campaign that is counted",
    row: campaign,
    call: "select private.video_retire_user(:me)",
    waitsIn: "video_retire_user",
  },
];

export const staging: Turn[] = [
  {
    what: "the end of the staging of a photo",
    row: photo,
    call: `select private.staging_lock_images(array(select j from public.jobs as j where j.subject_id = ${mine("staging.images")}))`,
    waitsIn: "staging_lock_images",
  },
  {
    what: "a photo for a project that is being deleted",
    row: "staging.projects where user_id = :me",
    strength: "update",
    call: `select private.staging_require_project(${mine("staging.projects")})`,
    waitsIn: "staging_require_project",
  },
  {
    what: "a photo that is staged again, of a project that is being deleted",
    row: "staging.projects where user_id = :me",
    strength: "update",
    call: `select * from staging.stage_again(${mine("staging.images")})`,
    asUser: true,
    waitsIn: "staging_stage_again > staging_require_project",
  },
  {
    what: "a photo that is staged again",
    row: photo,
    call: `select * from staging.stage_again(${mine("staging.images")})`,
    asUser: true,
    waitsIn: "staging_stage_again",
  },
];

const conversation = "social.conversations where user_id = :me";
const conversationId = mine("social.conversations");
const thread = "social.ai_studio_conversation_metadata where user_id = :me";

export const social: Turn[] = [
  {
    what: "a topic model that becomes the one in use",
    row: "social.bertopic_models where user_id = :me",
    call: `select social.activate_topic_model(${mine("social.bertopic_models")})`,
    asUser: true,
    waitsIn: "social_activate_topic_model",
  },
  {
    what: "a message that is counted",
    row: conversation,
    call: `select private.social_count_messages(array[${conversationId}], '{1}')`,
    waitsIn: "social_count_messages",
  },
  {
    what: "a state of a thread that is being pruned",
    row: thread,
    strength: "update",
    call: `insert into social.checkpoint_blobs (thread_id, channel, version, type, blob) values ('thread of ' || :me, 'a channel', '2', 'json', '{}')`,
    waitsIn: "social_own_checkpoint",
  },
  {
    what: "the pruning of a thread whose state is being written",
    row: thread,
    strength: "key share",
    call: "select private.social_prune_checkpoints('thread of ' || :me, 1)",
    waitsIn: "social_prune_checkpoints",
  },
  {
    what: "a chunk of a document that is being deleted",
    row: "social.knowledge_documents where user_id = :me",
    strength: "update",
    call: `insert into social.knowledge_chunks (document_id, chunk_index, content) values (${mine("social.knowledge_documents")}, 7, 'words')`,
    waitsIn: "social_prepare_chunk",
  },
  {
    what: "messages that are read",
    row: "social.conversation_messages where user_id = :me and direction = 'inbound'",
    call: `select private.social_read_messages(${conversationId})`,
    waitsIn: "social_read_messages",
  },
  {
    what: "what hangs on an account that is being disconnected",
    row: "social.social_accounts where user_id = :me",
    strength: "update",
    call: `select private.social_require_account(${mine("social.social_accounts")})`,
    waitsIn: "social_require_account",
  },
  {
    what: "what hangs on a conversation that is being deleted",
    row: conversation,
    strength: "update",
    call: `select private.social_require_conversation(${conversationId})`,
    waitsIn: "social_require_conversation",
  },
  {
    what: "an escalation of a conversation that another changes",
    row: conversation,
    call: `insert into social.support_escalations (conversation_id, message, reason) values (${conversationId}, 'Help!', 'urgent_request')`,
    waitsIn: "social_silence_conversations",
  },
];
