create function video.quote_generation(p_request jsonb)
returns jsonb
language sql
stable
security invoker
set search_path = ''
begin atomic
  select private.video_quote_generation(p_request);
end;
comment on function video.quote_generation(jsonb) is
  'What inserting this generation would cost: quote() of its model, resolution and seconds, with what it leaves empty filled. p_request: an object of the columns that a client inserts. Errors: those of the insert, but not PT402.';
grant execute on function video.quote_generation(jsonb) to authenticated;
