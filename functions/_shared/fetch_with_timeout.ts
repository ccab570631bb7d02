// A fetch that gives up: no call of ours waits for ever on another server.
export function fetchWithTimeout(milliseconds: number): typeof fetch {
  const limited = (input: string | URL, init?: RequestInit): Promise<Response> => {
    const timeout = AbortSignal.timeout(milliseconds);
    const signal = init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
    return fetch(input, { ...init, signal });
  };
  // Node's and the DOM's types of fetch differ in overloads, not in what is used here.
  return limited as typeof fetch;
}
