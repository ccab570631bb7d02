import type { Done, MediaProvider } from "../../../../functions/_shared/providers/types.ts";
import { picture } from "./images.ts";

export const doneAnswer: Done = {
  kind: "done",
  outputs: [{ bytes: picture(4, 4, "by another house"), contentType: "image/png" }],
  usage: { status: 200 },
};

// A provider whose answers a test sets.
export function scriptedProvider(answers: Partial<MediaProvider>): MediaProvider {
  return {
    name: "local",
    submit: async () => ({ kind: "submitted", externalId: "order-1", pollAfterSeconds: 60 }),
    poll: async () => doneAnswer,
    cancel: async () => undefined,
    parseCallback: () => Promise.reject(new Error("not used")),
    cost: ({ operation }) => ({ operation, quantity: 1 }),
    ...answers,
  };
}
