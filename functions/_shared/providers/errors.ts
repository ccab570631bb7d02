export class SignatureInvalidError extends Error {
  override readonly name = "SignatureInvalidError";
}

export class CallbackInvalidError extends Error {
  override readonly name = "CallbackInvalidError";
}

// This stack cannot check signatures: nothing may be believed.
export class CallbackSecretMissingError extends Error {
  override readonly name = "CallbackSecretMissingError";
}

export class LocalProviderHostedError extends Error {
  override readonly name = "LocalProviderHostedError";

  constructor() {
    super(
      "The local image provider does not run on hosted Supabase: it needs more than the 2 s of CPU " +
        "of an edge function there. Give the worker the key of a provider with an API: docs/providers.md.",
    );
  }
}
