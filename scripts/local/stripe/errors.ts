// An error as Stripe words it. The SDK chooses its class by the status and the type.
export class StripeApiError extends Error {
  override readonly name = "StripeApiError";
  readonly status: number;
  readonly type: string;
  readonly code: string | undefined;
  readonly param: string | undefined;
  // What else the body carries: a declined card's reason and its payment.
  readonly more: object;

  constructor(
    status: number,
    message: string,
    fields: { type?: string; code?: string; param?: string; more?: object } = {},
  ) {
    super(message);
    this.status = status;
    this.type = fields.type ?? "invalid_request_error";
    this.code = fields.code;
    this.param = fields.param;
    this.more = fields.more ?? {};
  }

  body(requestId: string) {
    return {
      error: {
        ...(this.code && {
          code: this.code,
          doc_url: `https://stripe.com/docs/error-codes/${this.code.replaceAll("_", "-")}`,
        }),
        message: this.message,
        ...(this.param && { param: this.param }),
        ...this.more,
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
        type: this.type,
      },
    };
  }
}

// Stripe answers 404 where the URL names the object, 400 where a parameter does.
export function missing(noun: string, id: string, param = "id"): StripeApiError {
  return new StripeApiError(param === "id" ? 404 : 400, `No such ${noun}: '${id}'`, {
    code: "resource_missing",
    param,
  });
}

export function invalid(
  message: string,
  param?: string,
  code = "parameter_invalid",
): StripeApiError {
  return new StripeApiError(400, message, { code, ...(param && { param }) });
}

export function isDecline(error: unknown): error is StripeApiError {
  return error instanceof StripeApiError && error.status === 402;
}
