-- What each request costs, in their order.
create function private.prices_of(p_requests private.job_request[])
returns integer[]
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request private.job_request;
  v_prices integer[] := array[]::integer[];
begin
  foreach v_request in array p_requests loop
    v_prices := v_prices || case
      when v_request.operation is null then 0
      else (
        select p.credits
        from private.price_of(v_request.operation, v_request.variant, coalesce(v_request.quantity, 1)) as p
      )
    end;
  end loop;
  return v_prices;
end;
$$;
