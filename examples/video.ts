// A video from a prompt: quoted, asked for, watched and played.
import { fetched, must, signUp, until } from "./stack.ts";

const say = (line: string) => console.log(line);
const { supabase, userId } = await signUp();
const video = supabase.schema("video");
const credits = async () => {
  const { available, held } = must(await supabase.rpc("my_credits")) as Record<string, number>;
  return `${available} available, ${held} held`;
};

// A price is per second; what the request leaves empty is filled as its insert will.
const request = {
  prompt: "A lighthouse at dawn, waves below, a slow push in",
  model: "veo-fast",
  aspect_ratio: "16:9",
};
const quote = must(await video.rpc("quote_generation", { p_request: request })) as {
  credits: number;
};
say(`quote: ${quote.credits} credits`);

// The row is the request; a campaign counts what succeeds.
const campaign = must(
  await video
    .from("campaigns")
    .insert({ user_id: userId, name: "Spring", status: "active" })
    .select("id")
    .single(),
);
const asked = must(
  await video
    .from("generations")
    .insert({ user_id: userId, ...request, campaign_id: campaign.id })
    .select("id, mode, resolution, status")
    .single(),
);
say(`asked: ${asked.mode}, ${asked.resolution}, ${asked.status}; ${await credits()}`);

const generation = await until(
  async () =>
    must(
      await video
        .from("generations")
        .select("status, credits_used, error_message, files")
        .eq("id", asked.id)
        .single(),
    ),
  ({ status }) => status !== "generating",
);
say(`generation: ${generation.status}, ${generation.credits_used} credits; ${await credits()}`);

for (const { kind, bucket, path } of generation.files as {
  kind: string;
  bucket: string;
  path: string;
}[]) {
  const { signedUrl } = must(await supabase.storage.from(bucket).createSignedUrl(path, 60));
  say(`${kind}: ${await fetched(signedUrl)}`);
}
const counted = must(
  await video.from("campaigns").select("completed_videos").eq("id", campaign.id).single(),
);
say(`campaign: ${counted.completed_videos} video`);
