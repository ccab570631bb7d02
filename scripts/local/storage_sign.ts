import { z } from "zod";
import { type Body, forward, HttpError } from "./http.ts";
import type { Fetch } from "./lite.ts";

const question = z.object({
  expiresIn: z.number().positive(),
  paths: z.array(z.string()).max(1000),
});

// lite's route for one file also takes the request for many, and finds no file. So each is signed
// by itself, under the same caller's rights.
export async function signMany(
  lite: Fetch,
  request: Request,
  url: URL,
  body: Body,
  cleanPath: (path: string) => string,
): Promise<Response> {
  const asked = question.safeParse(parse(body));
  if (!asked.success) throw new HttpError(400, "InvalidRequest", "Send expiresIn and paths.");
  const { expiresIn, paths } = asked.data;
  const answers = [];
  for (const path of paths) {
    const signedUrl = await signOne(path);
    const error = signedUrl
      ? null
      : "Either the object does not exist or you do not have access to it";
    answers.push({ path, error, signedUrl });
  }
  return Response.json(answers);

  async function signOne(path: string): Promise<string | null> {
    const target = new URL(url);
    try {
      const escaped = path.split("/").map(encodeURIComponent).join("/");
      target.pathname = cleanPath(`${url.pathname}/${escaped}`);
    } catch (error) {
      if (error instanceof HttpError) return null;
      throw error;
    }
    const content = new Uint8Array(Buffer.from(JSON.stringify({ expiresIn })));
    const response = await lite(forward(target, request, new Headers(request.headers), content));
    const answer = (await response.json()) as { signedUrl?: string };
    return response.ok ? (answer.signedUrl ?? null) : null;
  }
}

function parse(body: Body): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body ?? undefined));
  } catch {
    return undefined;
  }
}
