type Env = Record<string, string | undefined>;

// Whether this process is an edge function of hosted Supabase.
export function isHostedSupabase(env: Env): boolean {
  if (env.SB_REGION || env.DENO_DEPLOYMENT_ID) return true;
  const url = env.SUPABASE_URL;
  return (
    url !== undefined && URL.canParse(url) && /\.supabase\.(co|in)$/.test(new URL(url).hostname)
  );
}
