import { malformed } from "../vendor/call.ts";
import { ORDER_MS } from "../vendor/timeouts.ts";
import { askGemini } from "./client.ts";
import type { GeminiConfig } from "./env.ts";

export interface EmbeddingOptions {
  model?: string | undefined;
  dimensions?: number | undefined;
  task?: "RETRIEVAL_DOCUMENT" | "RETRIEVAL_QUERY" | "SEMANTIC_SIMILARITY" | undefined;
  signal?: AbortSignal | undefined;
}

const MODEL = "gemini-embedding-001";
const DIMENSIONS = 768;
// The most that one call takes.
const BATCH = 100;

// Texts as vectors of length one, in the order of the texts.
export async function embedTexts(
  config: GeminiConfig,
  texts: readonly string[],
  options: EmbeddingOptions = {},
): Promise<number[][]> {
  const { model = MODEL, dimensions = DIMENSIONS, task, signal } = options;
  const vectors: number[][] = [];
  for (let from = 0; from < texts.length; from += BATCH) {
    const contents = texts.slice(from, from + BATCH);
    const { embeddings = [] } = await askGemini(config, { timeoutMs: ORDER_MS, signal }, (client) =>
      client.models.embedContent({
        model,
        contents,
        config: { outputDimensionality: dimensions, ...(task && { taskType: task }) },
      }),
    );
    const values = embeddings.map((embedding) => embedding.values ?? []);
    if (values.length !== contents.length || values.some((one) => one.length !== dimensions)) {
      throw malformed(new Error(`${values.length} embeddings for ${contents.length} texts.`));
    }
    vectors.push(...values.map(normalized));
  }
  return vectors;
}

// Shortened vectors come as they are cut; distances need them at length one.
function normalized(vector: number[]): number[] {
  const length = Math.hypot(...vector);
  if (!(length > 0)) throw malformed(new Error("An embedding of length zero."));
  return vector.map((value) => value / length);
}
