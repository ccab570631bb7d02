-- Whether an address may be fetched for a user: https, on the usual port, of a host
-- with a public name. Addresses in digits are refused in every form, and so are names
-- that stay in a house. What a name resolves to is checked again by who fetches it.
create function private.is_public_url(p_url text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    char_length(p_url) <= 2048
    -- No user before an @, no backslash, no white space, no control character.
    and p_url ~* '^https://[^/?#@:\\\s[:cntrl:]]+(:443)?([/?#][^\\\s[:cntrl:]]*)?$'
    and h.host ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})$'
    and char_length(h.host) <= 253
    and h.host !~ '(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|test|example|invalid|onion)$',
    false
  )
  from (select substring(lower(p_url) from '^https://([^/?#:]+)')) as h (host);
$$;
