// An account is connected, questions are answered from what the user knows, and a post is planned.
import { must, signUp } from "./stack.ts";

const say = (line: string) => console.log(line);
const { supabase, userId } = await signUp();
const social = supabase.schema("social");

const account = must(
  await social.rpc("connect_account", {
    p_platform: "instagram",
    p_account_id: `ig-${userId}`,
    p_username: "harbour_cafe",
    p_access_token: "a token of the platform",
  }),
);
// Tokens go in and never come out again.
say(`account: ${account.platform} ${account.username}, token ${account.access_token}`);

must(
  await social
    .from("faq_qa")
    .insert([
      {
        user_id: userId,
        title: "Opening hours",
        questions: ["When do you open?", "Are you open on Sunday?"],
        answer: "Every day from 9 to 18, on Sunday from 10.",
      },
      { user_id: userId, title: "Dogs", questions: ["May I bring my dog?"], answer: "Gladly." },
    ])
    .select("id"),
);
const [answer] = must(await social.rpc("match_faq", { p_query: "are you open sunday" }));
say(`"are you open sunday": ${answer?.answer}`);

const document = must(
  await social
    .from("knowledge_documents")
    .insert({ user_id: userId, title: "The house" })
    .select("id")
    .single(),
);
must(
  await social
    .from("knowledge_chunks")
    .insert(
      [
        "The café was a boathouse until 1987.",
        "The terrace has forty seats and looks over the harbour.",
      ].map((content, chunk_index) => ({ document_id: document.id, chunk_index, content })),
    )
    .select("id"),
);
const [found] = must(await social.rpc("search_knowledge", { p_query: "terrace seats" }));
say(`"terrace seats": ${found?.content}`);

const post = must(
  await social
    .from("scheduled_posts")
    .insert({
      user_id: userId,
      channel_id: account.id,
      platform: account.platform,
      content_json: { text: "Fresh rolls from nine." },
      publish_at: "2030-05-01T09:00:00Z",
      rrule: "FREQ=WEEKLY;BYDAY=SU",
    })
    .select("id, platform, status")
    .single(),
);
say(`post: ${post.platform}, ${post.status}`);
const cancelled = must(
  await social
    .from("scheduled_posts")
    .update({ status: "cancelled" })
    .eq("id", post.id)
    .select("status")
    .single(),
);
say(`post: ${cancelled.status}`);

// Nobody else sees any of it.
const other = await signUp();
const seen = must(await other.supabase.schema("social").from("social_accounts").select("id"));
say(`another user sees ${seen.length} accounts`);
