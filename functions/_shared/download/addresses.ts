import { lookup } from "node:dns/promises";

// Networks that are no place of the public internet: this machine, private networks, the clouds'
// metadata services, carriers' own, documentation and multicast.
const CLOSED: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

export function isPublicAddress(address: string): boolean {
  return address.includes(":") ? isPublicV6(address) : isPublicV4(address);
}

function isPublicV4(address: string): boolean {
  const given = numberOf(address);
  if (given === undefined) return false;
  return !CLOSED.some(([network, bits]) => {
    const size = 2 ** (32 - bits);
    return Math.floor(given / size) === Math.floor((numberOf(network) ?? 0) / size);
  });
}

function numberOf(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || !parts.every((part) => part >= 0 && part <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

// Only what is given out (2000::/3) is public, and of that not the tunnels (Teredo, 6to4) and the
// examples. Mapped and translated IPv4 lie outside of it.
function isPublicV6(address: string): boolean {
  const [first = 0, second = 0] = address
    .split(":")
    .map((group) => Number.parseInt(group || "0", 16));
  if (!(first >= 0x2000 && first <= 0x3fff) || first === 0x2002) return false;
  if (first === 0x2001) return second >= 0x200 && second !== 0xdb8;
  return first !== 0x3fff || second > 0xfff;
}

// The addresses of a name; undefined where the runtime does not let us look.
export type Resolve = (hostname: string) => Promise<string[] | undefined>;

export const resolveHere: Resolve = async (hostname) => {
  try {
    return (await lookup(hostname, { all: true })).map(({ address }) => address);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // No such name, no answer, no server: it will not be fetched either.
    if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|ETIMEOUT|ECONNREFUSED)/.test(code)) throw error;
    return undefined;
  }
};

// Whether all that a host's name stands for is public. A name without a dot, or of a network's own
// kind, is none. The name is a URL's, which writes an address in one way only. Where nobody lets us
// look a name up, it is taken at its word only if it is one we know.
export async function isPublicHost(
  hostname: string,
  resolve: Resolve,
  isKnown: boolean,
): Promise<boolean> {
  const bare = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  if (bare.includes(":") || /^[\d.]+$/.test(bare)) return isPublicAddress(bare);
  if (!bare.includes(".") || /\.(local|localhost|internal|home|lan|arpa)$/i.test(bare))
    return false;
  const addresses = await resolve(bare);
  if (!addresses) return isKnown;
  return addresses.length > 0 && addresses.every(isPublicAddress);
}
