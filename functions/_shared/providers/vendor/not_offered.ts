import { NOT_AVAILABLE_WORDS, ProviderFaultError } from "../../work_error.ts";
import { CallbackInvalidError } from "../errors.ts";
import type { Callback } from "../types.ts";

// A route gives a provider work that it does not do: the next route is tried.
export function notOffered(provider: string, operation: string): ProviderFaultError {
  const cause = new Error(
    `${provider} does not do "${operation}": public.provider_routes is wrong.`,
  );
  return new ProviderFaultError(NOT_AVAILABLE_WORDS, { status: 501, cause });
}

export function noCallbacks(provider: string): Promise<Callback> {
  return Promise.reject(new CallbackInvalidError(`${provider} sends no callbacks.`));
}
