import { ApiError } from "./api_error.ts";

// What PostgREST answers, as supabase-js hands it over.
export interface DatabaseErrorBody {
  code?: string | null | undefined;
  message: string;
  details?: string | null | undefined;
  hint?: string | null | undefined;
}

const WORD = /^[a-z][a-z0-9_]*$/;
// No connection, no resources, shutting down: the same call may succeed.
const PASSING = /^(08|53|57|PGRST00)/;
// Deadlock, serialization failure: it will succeed once the other one is through.
const CONFLICT = /^(40001|40P01)$/;
const BAD_TOKEN = /^PGRST30[1-3]$/;

// A PTxyz is one of our own refusals and answers as it is. The rest is for the log, not for the
// caller: messages of Postgres name tables and columns.
export function databaseError(error: DatabaseErrorBody, httpStatus?: number): ApiError {
  const code = error.code ?? "";
  const options = { hint: error.hint || undefined, cause: error };

  const refusal = /^PT([45]\d\d)$/.exec(code);
  if (refusal && WORD.test(error.message)) {
    // The database cannot tell 401 from 403; a caller without a user is the first.
    const status = error.message === "not_signed_in" ? 401 : Number(refusal[1]);
    return new ApiError(status, error.message, error.details || sentence(error.message), options);
  }
  // What a policy refuses a signed-in caller comes as 42501, from the local stack as PGRST301 too.
  if (code !== "" && httpStatus === 403) return forbidden(error);
  if (BAD_TOKEN.test(code) || (code !== "" && httpStatus === 401)) {
    return new ApiError(401, "not_signed_in", "The token is missing, expired or not valid.", {
      cause: error,
    });
  }
  if (code === "42501") return forbidden(error);
  if (CONFLICT.test(code)) {
    return new ApiError(409, "retry_on_conflict", "Somebody else changed this at the same time.", {
      hint: "Repeat the request.",
      cause: error,
    });
  }
  // Without a code there was no answer of the database at all: the network, or a gateway.
  if (code === "" || PASSING.test(code)) {
    return new ApiError(503, "database_unavailable", "The database did not answer.", {
      hint: "Try again in a moment.",
      cause: error,
    });
  }
  return new ApiError(500, "database_error", "The database refused the call.", { cause: error });
}

function forbidden(cause: DatabaseErrorBody): ApiError {
  return new ApiError(403, "forbidden", "This caller may not do that.", { cause });
}

function sentence(word: string): string {
  const text = word.replaceAll("_", " ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
