// Imported before supabase-js, which warns about Node 20 each time it is loaded: here Node 20 is
// the version the README asks for.
const warn = console.warn;
console.warn = (...parts: unknown[]) => {
  if (!/Node\.js 20 and below are deprecated/.test(String(parts[0]))) warn(...parts);
};
