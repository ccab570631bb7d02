import { expect, test } from "vitest";
import { bench } from "./fakes/bench.ts";

test("files are removed through the Storage API, in batches", async () => {
  const { store, files, runNext } = bench();
  const paths = Array.from({ length: 250 }, (_, index) => `u/${index}.png`);
  for (const path of paths) files.put("results", path, new Uint8Array(1));
  const job = store.add("storage.remove_files", { bucket: "results", paths }, { user_id: null });
  expect(await runNext()).toBe("completed");
  expect(files.removals.map((batch) => batch.length)).toEqual([100, 100, 50]);
  expect(files.paths("results/")).toEqual([]);
  expect(job.result).toEqual({ removed: 250 });
});

test("a storage that is away is tried again", async () => {
  const { store, files, runNext } = bench();
  files.remove = () => Promise.reject(new TypeError("fetch failed"));
  const job = store.add("storage.remove_files", { bucket: "results", paths: ["u/1.png"] });
  await runNext();
  expect(job.status).toBe("queued");
});

test("nothing to remove is done at once", async () => {
  const { store, runNext } = bench();
  store.add("storage.remove_files", { bucket: "results", paths: [] });
  expect(await runNext()).toBe("completed");
});
