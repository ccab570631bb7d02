insert into public.job_types (type, description, max_attempts, backoff, deadline, max_running_per_user, on_success)
values (
  'storage.remove_files', 'Removes files through the Storage API', 10, '10 seconds', '7 days', 2, 'private.forget_paths'
)
on conflict (type) do nothing;
