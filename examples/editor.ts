// A picture goes through a pipeline of three operations: one request, one hold, one final result.
import { readFile } from "node:fs/promises";
import { fetched, must, signUp, until } from "./stack.ts";

const say = (line: string) => console.log(line);
const { supabase, userId } = await signUp();
const editor = supabase.schema("editor");
const credits = async () => {
  const { available, held } = must(await supabase.rpc("my_credits")) as Record<string, number>;
  return `${available} available, ${held} held`;
};

// The file first, into the user's own folder; then the row that names it.
const picture = await readFile(new URL("../scripts/demo/picture.png", import.meta.url));
const path = `${userId}/harbour.png`;
must(await supabase.storage.from("uploads").upload(path, picture, { contentType: "image/png" }));
const image = must(
  await editor
    .from("images")
    .insert({ original_filename: "harbour.png", original_url: path })
    .select("id, original_file_type, original_file_size")
    .single(),
);
say(`image: ${image.original_file_type}, ${image.original_file_size} bytes`);

// What it will cost, and the request: a row.
const steps = [
  { operation_type: "upscale", input_data: { factor: 2 } },
  { operation_type: "background_removal" },
  { operation_type: "vectorize" },
];
const quote = must(await editor.rpc("quote_pipeline", { p_steps: steps })) as {
  credits: number;
  steps: number[];
};
say(`quote: ${quote.steps.join(" + ")} = ${quote.credits} credits`);
const asked = must(
  await editor.from("image_pipelines").insert({ image_id: image.id, steps }).select("id").single(),
);
say(`asked: ${await credits()}`);

const pipeline = await until(
  async () =>
    must(
      await editor
        .from("image_pipelines")
        .select(
          "status, credits_used, error_message, image_operations(step, operation_type, status)",
        )
        .eq("id", asked.id)
        .single(),
    ),
  ({ status }) => status === "completed" || status === "failed",
);
for (const { step, operation_type, status } of pipeline.image_operations) {
  say(`step ${step}: ${operation_type} ${status}`);
}
say(`pipeline: ${pipeline.status}, ${pipeline.credits_used} credits used; ${await credits()}`);

// A download is counted, and names the file to sign.
const file = must(
  await editor.rpc("download_image", { p_image_id: image.id, p_kind: "final" }),
) as { bucket: string; path: string; filename: string; download_count: number };
const link = must(
  await supabase.storage
    .from(file.bucket)
    .createSignedUrl(file.path, 60, { download: file.filename }),
);
say(`${file.filename}: ${await fetched(link.signedUrl)}, download ${file.download_count}`);

// Up to 100 images in one call: all or nothing.
const many = must(
  await editor
    .from("images")
    .insert(Array.from({ length: 100 }, () => ({ original_filename: "h.png", original_url: path })))
    .select("id"),
);
const { error } = await editor.rpc("request_batch", {
  p_image_ids: many.map(({ id }) => id),
  p_operation_type: "upscale",
  p_input_data: { factor: 4 },
});
say(`a batch of ${many.length}: ${error?.message}; ${error?.details}`);

// Favourites, and a collection that everyone signed in may see.
must(await editor.from("images").update({ is_favorite: true }).eq("id", image.id).select());
const collection = must(
  await editor
    .from("image_collections")
    .insert({ name: "Harbours", is_public: true })
    .select("id")
    .single(),
);
must(
  await editor
    .from("image_collection_items")
    .insert({ collection_id: collection.id, image_id: image.id })
    .select(),
);
const visitor = await signUp();
const shown = must(
  await visitor.supabase.schema("editor").rpc("public_collection", { p_id: collection.id }),
) as { name: string; images: unknown[] };
say(`a visitor sees: ${shown.name}, ${shown.images.length} picture`);
