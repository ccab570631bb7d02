-- A project to put work into, of the caller, or PT404 project_not_found. The user,
-- then the project: both stay until this commits.
create function private.staging_require_project(p_project_id uuid)
returns staging.projects
language plpgsql
set search_path = ''
as $$
declare
  v_owner uuid;
  v_project staging.projects;
begin
  select p.user_id into v_owner from staging.projects as p where p.id = p_project_id;
  if private.acts_for(v_owner) then
    perform private.require_active(v_owner);
    select * into v_project from staging.projects as p where p.id = p_project_id for key share;
  end if;
  if v_project.id is null then
    raise exception using
      errcode = 'PT404', message = 'project_not_found',
      detail = format('You have no project %s.', coalesce(p_project_id::text, 'null')),
      hint = 'Insert the project first.';
  end if;
  return v_project;
end;
$$;
