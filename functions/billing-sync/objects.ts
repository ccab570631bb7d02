import Stripe from "stripe";

type Fetch = (stripe: Stripe, id: string) => Promise<object>;

// How each object that events tell of is fetched, whole.
const FETCHES: Record<string, Fetch> = {
  charge: (stripe, id) => stripe.charges.retrieve(id),
  "checkout.session": (stripe, id) => stripe.checkout.sessions.retrieve(id),
  customer: (stripe, id) => stripe.customers.retrieve(id),
  dispute: (stripe, id) => stripe.disputes.retrieve(id),
  invoice: wholeInvoice,
  invoice_payment: (stripe, id) => stripe.invoicePayments.retrieve(id),
  payment_intent: (stripe, id) => stripe.paymentIntents.retrieve(id),
  payment_method: (stripe, id) => stripe.paymentMethods.retrieve(id),
  price: (stripe, id) => stripe.prices.retrieve(id),
  product: (stripe, id) => stripe.products.retrieve(id),
  refund: (stripe, id) => stripe.refunds.retrieve(id),
  subscription: (stripe, id) => stripe.subscriptions.retrieve(id),
};

// More lines than a subscription of ours can have; a longer invoice fails, and is seen.
const MAX_LINES = 1000;

export class UnknownObjectType extends Error {
  override readonly name = "UnknownObjectType";
}

// An object as Stripe has it now. What Stripe does not know any more was deleted.
export async function fetchObject(stripe: Stripe, type: string, id: string): Promise<object> {
  const fetch = FETCHES[type];
  if (!fetch) throw new UnknownObjectType(`Objects of type ${type} cannot be fetched.`);
  try {
    return await fetch(stripe, id);
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { id, object: type, deleted: true };
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError &&
    error.statusCode === 404 &&
    error.code === "resource_missing"
  );
}

// With the payments that it shows only when asked, and with all its lines.
async function wholeInvoice(stripe: Stripe, id: string): Promise<object> {
  const invoice = await stripe.invoices.retrieve(id, { expand: ["payments"] });
  if (!invoice.lines.has_more) return invoice;
  const data = await stripe.invoices
    .listLineItems(id, { limit: 100 })
    .autoPagingToArray({ limit: MAX_LINES });
  return { ...invoice, lines: { ...invoice.lines, data, has_more: false } };
}
