-- A generation as a request for the gate, priced by model, resolution and seconds.
create function private.video_job_request(p_generation video.generations)
returns private.job_request
language plpgsql
stable
set search_path = ''
as $$
begin
  return row(
    p_generation.user_id,
    'video.generate',
    p_generation.id,
    private.video_payload(
      p_generation,
      case
        when p_generation.reference_image_url is not null then
          private.video_require_reference(p_generation.user_id, p_generation.reference_image_url)
      end
    ),
    'video.generate',
    private.video_price_variant(p_generation.model, p_generation.resolution),
    p_generation.seconds
  )::private.job_request;
end;
$$;
