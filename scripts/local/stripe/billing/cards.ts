export interface Decline {
  code: "authentication_required" | "card_declined";
  decline_code: string;
  message: string;
}

// The cards that can be told to the emulator, by Stripe's own test names, and how a charge of each
// one ends. Attaching succeeds with all of them.
export const CARDS = {
  visa: { last4: "4242", name: "A good card", decline: null },
  chargeCustomerFail: {
    last4: "0341",
    name: "A card that is declined",
    decline: {
      code: "card_declined",
      decline_code: "generic_decline",
      message: "Your card was declined.",
    },
  },
  visa_chargeDeclinedInsufficientFunds: {
    last4: "9995",
    name: "A card without money",
    decline: {
      code: "card_declined",
      decline_code: "insufficient_funds",
      message: "Your card has insufficient funds.",
    },
  },
  authenticationRequired: {
    last4: "3184",
    name: "A card that asks for its owner",
    decline: {
      code: "authentication_required",
      decline_code: "authentication_required",
      message: "This payment needs its owner's confirmation.",
    },
  },
} as const satisfies Record<string, { last4: string; name: string; decline: Decline | null }>;

export type CardName = keyof typeof CARDS;

export const CARD_NAMES = Object.keys(CARDS) as [CardName, ...CardName[]];

// Of "pm_card_visa" and "tok_visa".
export function cardOfToken(token: string): CardName | undefined {
  const name = token.replace(/^(?:pm_card|tok)_/, "");
  return token !== name && name in CARDS ? (name as CardName) : undefined;
}

// Present owners confirm a payment that asks for them.
export function declineOf(last4: string | undefined, offSession: boolean): Decline | null {
  const card = Object.values(CARDS).find((each) => each.last4 === last4);
  const decline = card?.decline ?? null;
  return decline?.code === "authentication_required" && !offSession ? null : decline;
}
