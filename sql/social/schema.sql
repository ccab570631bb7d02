create schema social;
grant usage on schema social to anon, authenticated, service_role;

create type social.social_platform as enum (
  'instagram', 'whatsapp', 'facebook', 'twitter', 'linkedin', 'tiktok', 'youtube'
);
comment on type social.social_platform is 'Where an account lives.';
