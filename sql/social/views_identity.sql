-- The document's users are the platform's profiles.
create view social.users
with (security_invoker = true) as
select
  p.id,
  p.email,
  p.full_name,
  p.is_active,
  p.created_at,
  p.updated_at
from public.profiles as p;
comment on view social.users is
  'Profiles in the words of social. Users write their full_name; email follows sign-in, and only admins and the service write is_active.';
