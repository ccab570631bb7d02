import type { MediaProvider } from "./types.ts";

// The providers of this process by name. The database chooses among them.
export class ProviderRegistry {
  readonly #byName: ReadonlyMap<string, MediaProvider>;

  constructor(providers: MediaProvider[]) {
    this.#byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  get(name: string): MediaProvider | undefined {
    return this.#byName.get(name);
  }

  get names(): string[] {
    return [...this.#byName.keys()];
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }
}
