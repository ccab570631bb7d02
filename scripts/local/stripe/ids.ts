import { randomInt } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// Prefixes and lengths as Stripe's test mode has them: columns and checks meet real-looking ids.
const SHAPES = {
  charge: ["ch_3", 23],
  checkoutSession: ["cs_test_a1", 56],
  customer: ["cus_", 14],
  dispute: ["du_1", 23],
  event: ["evt_1", 23],
  invoice: ["in_1", 23],
  invoiceItem: ["ii_1", 23],
  invoiceLine: ["il_1", 23],
  invoicePayment: ["inpay_1", 23],
  lineItem: ["li_1", 23],
  paymentIntent: ["pi_3", 23],
  paymentMethod: ["pm_1", 23],
  portalSession: ["bps_1", 23],
  price: ["price_1", 23],
  product: ["prod_", 14],
  refund: ["re_3", 23],
  request: ["req_", 14],
  schedule: ["sub_sched_1", 23],
  subscription: ["sub_1", 23],
  subscriptionItem: ["si_", 14],
} as const;

export function newId(kind: keyof typeof SHAPES): string {
  const [prefix, length] = SHAPES[kind];
  return prefix + randomText(length);
}

export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
