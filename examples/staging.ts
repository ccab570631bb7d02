// A photo of an empty room in two styles, before and after, within the plan's monthly limit.
import { readFile } from "node:fs/promises";
import { fetched, must, signUp, until } from "./stack.ts";

const say = (line: string) => console.log(line);
const { supabase } = await signUp();
const staging = supabase.schema("staging");

const project = must(
  await staging.from("projects").insert({ name: "Villa" }).select("id, name").single(),
);
say(`project: ${project.name}`);

// The photo goes straight into storage by a signed URL, from a phone without an account too.
const place = must(
  await staging.rpc("new_upload", { p_project_id: project.id, p_filename: "room.png" }),
) as { bucket: string; path: string; content_type: string; max_bytes: number };
const bucket = supabase.storage.from(place.bucket);
const { token } = must(await bucket.createSignedUploadUrl(place.path));
const photo = await readFile(new URL("../scripts/demo/picture.png", import.meta.url));
must(await bucket.uploadToSignedUrl(place.path, token, photo, { contentType: place.content_type }));
say(`photo: uploaded as ${place.content_type}`);

// Each row is a request.
const request = { project_id: project.id, original_url: place.path, room_type: "living_room" };
must(
  await staging
    .from("images")
    .insert(["modern", "coastal"].map((style) => ({ ...request, style })))
    .select("id"),
);
const images = await until(
  async () => must(await staging.from("images").select("id, style, status, error").order("style")),
  (rows) => rows.every(({ status }) => status === "ready" || status === "error"),
);
for (const { style, status } of images) say(`${style}: ${status}`);

// Before and after, as a project's page shows them.
const results = must(
  await staging
    .from("results")
    .select("style, before_path, after_path")
    .eq("project_id", project.id)
    .order("style"),
);
for (const { style, before_path, after_path } of results) {
  const before = must(await bucket.createSignedUrl(before_path ?? "", 60));
  const after = must(await supabase.storage.from("results").createSignedUrl(after_path ?? "", 60));
  say(
    `${style}: before ${await fetched(before.signedUrl)}; after ${await fetched(after.signedUrl)}`,
  );
}

// More styles of the same photo, until the plan's images are used.
const more = ["farmhouse", "industrial", "luxury", "minimalist", "scandinavian", "traditional"];
const first = images[0]?.id ?? "";
const again = must(await staging.rpc("stage_again", { p_image_id: first, p_styles: more }));
say(`asked for ${again.length} styles more`);
const usage = must(await staging.rpc("my_usage")) as Record<string, unknown>;
say(`plan ${usage.plan}: ${usage.used} of ${usage.monthly_limit} images used`);
const { error } = await staging.rpc("stage_again", {
  p_image_id: first,
  p_styles: ["contemporary", "mid_century", "modern"],
});
say(`three more: ${error?.message}; ${error?.details}`);
