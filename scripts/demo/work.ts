import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Client, credits, type Step, show } from "./client.ts";
import { expect, must } from "./result.ts";
import { type Operation, watchOperations } from "./watch.ts";

interface Size {
  width: number;
  height: number;
}

export interface Picture {
  imageId: string;
  size: Size;
}

// The picture goes into the user's folder first; the row then names it.
export async function uploadPicture(
  supabase: Client,
  userId: string,
  step: Step,
): Promise<Picture> {
  const bytes = Uint8Array.from(await readFile(new URL("./picture.png", import.meta.url)));
  const size = pngSize(bytes);
  const path = `${userId}/picture.png`;
  const blob = new Blob([bytes], { type: "image/png" });
  must(await supabase.storage.from("uploads").upload(path, blob), "upload the picture");
  step("upload picture.png", `uploads/${path}, ${dimensions(size)}, ${bytes.length} bytes`);
  const image: { id: string } = must(
    await supabase
      .schema("editor")
      .from("images")
      .insert({
        original_filename: "picture.png",
        original_file_size: bytes.length,
        original_file_type: "image/png",
        original_url: path,
      })
      .select("id")
      .single(),
    "register the image",
  );
  step("register the image", `editor.images ${image.id}`);
  return { imageId: image.id, size };
}

// Inserting a row is the request; one insert may ask for several things.
export async function askForWork(
  supabase: Client,
  imageId: string,
  step: Step,
): Promise<Operation[]> {
  const wanted = [
    { operation_type: "background_removal", input_data: {} },
    { operation_type: "upscale", input_data: { factor: 4 } },
    { operation_type: "vectorize", input_data: {} },
  ].map((operation) => ({ image_id: imageId, ...operation }));
  const asked: { id: string; operation_type: string }[] = must(
    await supabase
      .schema("editor")
      .from("image_operations")
      .insert(wanted)
      .select("id, operation_type"),
    "ask for the work",
  );
  const names = asked.map((one) => one.operation_type).join(", ");
  step("ask for the work", `${names}: ${show(await credits(supabase))}`);
  const ids = asked.map((one) => one.id);
  const finished = await watchOperations(supabase, ids, step);
  for (const { operation_type, status, error_message } of finished) {
    expect(
      status === "completed",
      `${operation_type} ends well, and not with "${error_message}" (see .local/logs/worker.log)`,
    );
  }
  return finished;
}

export async function download(
  supabase: Client,
  operations: readonly Operation[],
  original: Size,
  outDir: string,
  step: Step,
): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  for (const { operation_type, output_data } of operations) {
    const files = output_data?.files ?? [];
    expect(files.length > 0, `${operation_type} has result files`);
    for (const { kind, bucket, path } of files) {
      const blob = must(await supabase.storage.from(bucket).download(path), "download a result");
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const name = `${operation_type}-${path.split("/").at(-1)}`;
      await writeFile(join(outDir, name), bytes);
      const size = name.endsWith(".png") ? pngSize(bytes) : undefined;
      const measure = size ? `${dimensions(size)}, ` : "";
      step("download", `.local/demo/${name}, ${measure}${bytes.length} bytes`);
      expect(bytes.length > 0, `${name} is not empty`);
      if (operation_type === "upscale" && kind === "processed") {
        expect(size?.width === original.width * 4, "an upscale by 4 is 4 times as wide");
      }
    }
  }
}

function dimensions({ width, height }: Size): string {
  return `${width} × ${height}`;
}

function pngSize(bytes: Uint8Array): Size {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  expect(view.getUint32(0) === 0x89504e47, "the picture is a PNG");
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
