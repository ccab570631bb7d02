-- How many digits a currency's minor units have, by ISO 4217.
create function private.currency_digits(p_currency text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case
    when lower(p_currency) in (
      'bif', 'clp', 'djf', 'gnf', 'isk', 'jpy', 'kmf', 'krw', 'pyg', 'rwf', 'ugx', 'vnd', 'vuv',
      'xaf', 'xof', 'xpf'
    ) then 0
    when lower(p_currency) in ('bhd', 'iqd', 'jod', 'kwd', 'lyd', 'omr', 'tnd') then 3
    else 2
  end;
$$;
