-- The price of a request, its empty fields filled as the insert would.
create function private.video_quote_generation(p_request jsonb)
returns jsonb
language plpgsql
stable
security definer            -- looks the caller's rows up as the gate does
set search_path = ''
as $$
declare
  v_request video.generations := private.video_settle_request(
    private.video_request_from(private.require_user_id(), p_request)
  );
begin
  return private.quote(
    'video.generate',
    private.video_price_variant(v_request.model, v_request.resolution),
    v_request.seconds
  );
end;
$$;
grant execute on function private.video_quote_generation(jsonb) to authenticated;
