import { ApiError } from "./api_error.ts";

// Stripe puts the session's id here. The URL parser escapes the braces in a path; they come back.
const PLACEHOLDER = "{CHECKOUT_SESSION_ID}";
const ESCAPED_PLACEHOLDER = encodeURIComponent(PLACEHOLDER);

// A page that a buyer is sent back to must be one of ours. The parsed URL is what is handed on,
// never the text: two parsers may disagree on where the host of a crooked text is.
export function checkReturnUrl(text: string, allowedOrigins: readonly string[]): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const allowed =
    parsed !== undefined &&
    (parsed.protocol === "https:" || parsed.protocol === "http:") &&
    parsed.username === "" &&
    parsed.password === "" &&
    allowedOrigins.includes(parsed.origin);
  if (!allowed) {
    throw new ApiError(400, "return_url_not_allowed", "This return URL is not on the allow list.", {
      hint: "Its origin must be one of RETURN_URL_ORIGINS.",
    });
  }
  return parsed.href.replaceAll(ESCAPED_PLACEHOLDER, PLACEHOLDER);
}
