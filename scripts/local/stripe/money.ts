// Where Stripe's smallest unit is not the one that Intl knows.
const STRIPE_DIGITS: Record<string, number> = { isk: 2, ugx: 2 };

// 1999, "usd" → $19.99
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-US", { style: "currency", currency });
  const digits = STRIPE_DIGITS[currency] ?? format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amount / 10 ** digits);
}
