import { z } from "zod";
import { type Body, forward, HttpError } from "./http.ts";
import type { Fetch } from "./lite.ts";

const question = z.object({
  prefix: z.string().default(""),
  limit: z.number().int().min(1).max(1000).default(100),
  offset: z.number().int().min(0).default(0),
  search: z.string().default(""),
  sortBy: z
    .object({
      column: z.enum(["name", "created_at", "updated_at", "last_accessed_at"]).default("name"),
      order: z.enum(["asc", "desc"]).default("asc"),
    })
    .prefault({}),
});

type Question = z.output<typeof question>;
interface Entry {
  name: string;
  id: string | null;
  [column: string]: unknown;
}

// Supabase lists one folder: its files by their last name, its folders as rows without an id.
// lite answers with every object below the prefix, by full name: it is asked for all that the
// caller may see, and the folder is made here.
export async function listOneLevel(
  lite: Fetch,
  request: Request,
  url: URL,
  body: Body,
): Promise<Response> {
  const asked = parse(body);
  const folder = asked.prefix.replace(/^\/+|\/+$/g, "");
  const prefix = folder ? `${folder}/` : "";
  const everything = new TextEncoder().encode(JSON.stringify({ prefix }));
  const headers = new Headers(request.headers);
  const response = await lite(forward(url, request, headers, new Uint8Array(everything)));
  if (!response.ok) return response;
  const objects = (await response.json()) as Entry[];
  return Response.json(oneLevel(objects, prefix, asked));
}

function parse(body: Body): Question {
  try {
    return question.parse(JSON.parse(new TextDecoder().decode(body ?? undefined)));
  } catch {
    throw new HttpError(400, "InvalidRequest", "The list's options are not understood.");
  }
}

function oneLevel(objects: readonly Entry[], prefix: string, asked: Question): Entry[] {
  const entries = new Map<string, Entry>();
  for (const object of objects) {
    // lite's prefix is a LIKE pattern, where _ stands for any character.
    if (!object.name.startsWith(prefix)) continue;
    const [name = "", ...below] = object.name.slice(prefix.length).split("/");
    if (!name.toLowerCase().startsWith(asked.search.toLowerCase())) continue;
    entries.set(
      `${name}${below.length > 0 ? "/" : ""}`,
      below.length > 0 ? folderRow(name) : { ...object, name },
    );
  }
  const { column, order } = asked.sortBy;
  const sign = order === "asc" ? 1 : -1;
  const key = (entry: Entry) => String(entry[column] ?? "");
  return [...entries.values()]
    .sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    .slice(asked.offset, asked.offset + asked.limit);
}

function folderRow(name: string): Entry {
  return {
    name,
    id: null,
    updated_at: null,
    created_at: null,
    last_accessed_at: null,
    metadata: null,
  };
}
