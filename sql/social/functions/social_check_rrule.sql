-- Refuses what is no recurrence rule of RFC 5545: PT400 rrule_invalid. Each part is
-- looked at by itself; which parts go together is the scheduler's to know.
create function private.social_check_rrule(p_rrule text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_number constant text := '(?:[1-9]|[1-4]\d|5[0-3])';
  v_problem text;
begin
  if p_rrule is null then
    return;
  end if;
  if char_length(p_rrule) > 1000 then
    v_problem := 'it may have 1000 characters.';
  else
    with part as (
      select upper(split_part(p.text, '=', 1)) as name, upper(substr(p.text, strpos(p.text, '=') + 1)) as value
      from regexp_split_to_table(regexp_replace(p_rrule, '^RRULE:', '', 'i'), ';') as p (text)
    )
    select case
      when count(*) filter (where p.name = 'FREQ') <> 1 then 'it needs one FREQ.'
      when count(*) <> count(distinct p.name) then 'a part is there twice.'
      when count(*) filter (where p.name in ('COUNT', 'UNTIL')) > 1 then 'COUNT and UNTIL exclude each other.'
      else (
        array_agg('its part ' || left(p.name, 20) || ' is not valid.') filter (
          where not coalesce(
            p.value ~ case p.name
              when 'FREQ' then '^(?:SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)$'
              when 'UNTIL' then '^\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d|60)Z?)?$'
              when 'COUNT' then '^[1-9]\d{0,5}$'
              when 'INTERVAL' then '^[1-9]\d{0,5}$'
              when 'BYSECOND' then '^(?:[0-5]?\d|60)(?:,(?:[0-5]?\d|60))*$'
              when 'BYMINUTE' then '^[0-5]?\d(?:,[0-5]?\d)*$'
              when 'BYHOUR' then '^(?:[01]?\d|2[0-3])(?:,(?:[01]?\d|2[0-3]))*$'
              when 'BYDAY' then format('^(?:[+-]?%1$s)?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:[+-]?%1$s)?(?:MO|TU|WE|TH|FR|SA|SU))*$', v_number)
              when 'BYMONTHDAY' then '^[+-]?(?:0?[1-9]|[12]\d|3[01])(?:,[+-]?(?:0?[1-9]|[12]\d|3[01]))*$'
              when 'BYYEARDAY' then '^[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])(?:,[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6]))*$'
              when 'BYWEEKNO' then format('^[+-]?%1$s(?:,[+-]?%1$s)*$', v_number)
              when 'BYMONTH' then '^(?:0?[1-9]|1[0-2])(?:,(?:0?[1-9]|1[0-2]))*$'
              when 'BYSETPOS' then '^[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])(?:,[+-]?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6]))*$'
              when 'WKST' then '^(?:MO|TU|WE|TH|FR|SA|SU)$'
            end,
            false
          )
        )
      )[1]
    end
    into v_problem
    from part as p;
  end if;
  if v_problem is not null then
    raise exception using
      errcode = 'PT400', message = 'rrule_invalid', detail = 'The recurrence rule is not valid: ' || v_problem,
      hint = 'Send one of RFC 5545, e.g. FREQ=WEEKLY;BYDAY=MO,TH.';
  end if;
end;
$$;
