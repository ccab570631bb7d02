import { StackError } from "./stack_error.ts";

// What was started, to be ended in the opposite order: also when the start itself is broken off.
export class Disposer {
  readonly #steps: (() => unknown)[] = [];
  #ended: Promise<void> | undefined;

  add(step: () => unknown): void {
    if (!this.#ended) {
      this.#steps.push(step);
      return;
    }
    void Promise.resolve(step()).catch(() => {});
    throw new StackError("The start was broken off.");
  }

  // A step that fails does not keep the others from their turn.
  end(): Promise<void> {
    this.#ended ??= (async () => {
      for (const step of this.#steps.reverse()) {
        await Promise.resolve()
          .then(step)
          .catch(() => {});
      }
    })();
    return this.#ended;
  }
}
