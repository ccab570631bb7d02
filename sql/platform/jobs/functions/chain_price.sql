-- What all jobs of a chain cost together. More than an account can hold stays more.
create function private.chain_price(p_chain private.job_chain)
returns integer
language sql
immutable
set search_path = ''
as $$
  select least(coalesce(sum(p.credits), 0), 2147483647)::integer from unnest(p_chain.prices) as p (credits);
$$;
