import type { MediaProvider } from "./types.ts";

// The providers of this process by name. A job says which one it wants.
export class ProviderRegistry {
  readonly #byName: ReadonlyMap<string, MediaProvider>;

  constructor(providers: MediaProvider[]) {
    this.#byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  get(name: string): MediaProvider | undefined {
    return this.#byName.get(name);
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0;
  }
}
