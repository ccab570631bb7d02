import { ApiError } from "./api_error.ts";

// The caller's Authorization header, for the database to judge.
export function bearer(request: Request): string {
  const header = request.headers.get("authorization") ?? "";
  if (/^bearer \S+$/i.test(header)) return header;
  throw new ApiError(401, "not_signed_in", "Sign in first.", {
    hint: "Send the user's access token as Authorization: Bearer <token>.",
  });
}
