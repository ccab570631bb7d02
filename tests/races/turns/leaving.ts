import type { Turn } from "./turn.ts";

const mine = (table: string): string =>
  `(select t.id from ${table} as t where t.user_id = :me order by t.id limit 1)`;

/** What a user who is leaving must not begin: each waits for their profile, before any row of a product. */
const begun: Pick<Turn, "what" | "call" | "asUser" | "waitsIn">[] = [
  {
    what: "a download",
    call: `select editor.download_image(${mine("editor.images")}, 'original')`,
    asUser: true,
    waitsIn: "editor_download_image > require_present",
  },
  {
    what: "an image",
    call: "insert into editor.images (user_id, original_filename) values (:me, 'x.png')",
    waitsIn: "editor_prepare_image > require_present",
  },
  {
    what: "an image in a collection",
    call: `insert into editor.image_collection_items (collection_id, image_id) values (${mine("editor.image_collections")}, ${mine("editor.images")})`,
    waitsIn: "editor_prepare_item > require_present",
  },
  {
    what: "work on an image",
    call: `select private.editor_require_image(${mine("editor.images")})`,
    waitsIn: "editor_require_image > require_active > require_present",
  },
  {
    what: "work in steps",
    call: `select private.request_chains(array[jsonb_populate_record(null::private.job_chain, jsonb_build_object('user_id', :me))])`,
    waitsIn: "request_chains > require_active > require_present",
  },
  {
    what: "a chunk of a document",
    call: `insert into social.knowledge_chunks (document_id, chunk_index, content) values (${mine("social.knowledge_documents")}, 7, 'words')`,
    waitsIn: "social_prepare_chunk > require_present",
  },
  {
    what: "a rule for all accounts",
    call: "insert into social.monitoring_rules (user_id, auto_monitor_count) values (:me, 3)",
    waitsIn: "social_prepare_rule > require_present",
  },
  {
    what: "an account that is connected",
    call: "select social.connect_account('instagram', 'another', 'a token')",
    asUser: true,
    waitsIn: "social_put_account > require_present",
  },
  {
    what: "what hangs on an account",
    call: `select private.social_require_account(${mine("social.social_accounts")})`,
    waitsIn: "social_require_account > require_present",
  },
  {
    what: "what hangs on a conversation",
    call: `select private.social_require_conversation(${mine("social.conversations")})`,
    waitsIn: "social_require_conversation > require_present",
  },
  {
    what: "what hangs on a post",
    call: `select private.social_require_post(${mine("social.monitored_posts")}, null)`,
    waitsIn: "social_require_post > require_present",
  },
  {
    what: "a photo of a room",
    call: `select private.staging_require_project(${mine("staging.projects")})`,
    waitsIn: "staging_require_project > require_active > require_present",
  },
  {
    what: "a campaign",
    call: "insert into video.campaigns (user_id, name) values (:me, 'Another')",
    waitsIn: "video_fill_user > require_present",
  },
  {
    what: "the filming of a storyboard",
    call: `select * from video.generate_storyboard(${mine("video.storyboard_sequences")}, '{"model": "veo-fast"}')`,
    asUser: true,
    waitsIn: "video_generate_storyboard > require_active > require_present",
  },
  {
    what: "a video",
    call: "insert into video.generations (user_id, prompt, model) values (:me, 'A cat', 'veo-fast')",
    waitsIn: "video_prepare_generation > require_active > require_present",
  },
  {
    what: "a video again",
    call: `select video.retry_generation(${mine("video.generations")})`,
    asUser: true,
    waitsIn: "video_retry_generation > require_active > require_present",
  },
  {
    what: "a tool chain",
    call: `select video.run_tool_chain(${mine("video.tool_preset_chains")})`,
    asUser: true,
    waitsIn: "video_run_tool_chain > require_active > require_present",
  },
];

export const leaving: Turn[] = begun.map((turn) => ({
  ...turn,
  row: "public.profiles where id = :me",
}));
