-- The gate of video: after the rows are in, so that a conflicting insert that was
-- not one charges nothing, and once a statement, however many rows it has. The shots
-- of a storyboard run share one hold; what a tool chain made is paid already.
create function private.video_request_generations()
returns trigger
language plpgsql
security definer            -- jobs and holds are not the caller's to write
set search_path = ''
as $$
declare
  v_requests private.job_request[];
  v_run_id uuid;
begin
  select array_agg(private.video_job_request(g) order by g.id), min(g.run_id::text)::uuid
  into v_requests, v_run_id
  from inserted as g
  where g.tool_chain_run_id is null;
  if v_run_id is null then
    perform private.request_jobs(v_requests);
  else
    perform private.request_envelope(
      v_requests,
      format('video.storyboard, %s shots', cardinality(v_requests)),
      jsonb_build_object('operation', 'video.storyboard', 'subject_id', v_run_id)
    );
  end if;
  return null;
end;
$$;
