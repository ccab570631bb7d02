create function public.claim_jobs(
  p_worker text,
  p_limit integer default 1,
  p_types text[] default null,
  p_providers text[] default null
)
returns setof public.jobs
language sql
security invoker
set search_path = ''
begin atomic
  select * from private.claim_jobs(p_worker, p_limit, p_types, p_providers => p_providers);
end;
grant execute on function public.claim_jobs(text, integer, text[], text[]) to service_role;
comment on function public.claim_jobs(text, integer, text[], text[]) is
  'Gives a worker up to p_limit (1 to 1000) jobs, each with a lease and a lock_token, fair among users and within the caps. Null types: all. p_providers are those the worker has keys for: a type that none of them may take now is left in the queue; null leaves nothing. Errors: PT400 limit_invalid, argument_missing, argument_too_long.';
