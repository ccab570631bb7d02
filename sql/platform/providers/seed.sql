insert into public.providers (name, description, is_stand_in, max_running)
values
  ('local', 'Work in the worker itself, without keys: for development', true, null),
  ('gemini', 'Google Gemini API: Veo, image generation, embeddings', false, 20),
  ('replicate', 'Replicate: models of many makers', false, 50),
  ('vectorizer', 'Vectorizer.ai: pictures into SVG', false, 5),
  ('openai', 'OpenAI, or whoever speaks its API: image generation', false, 10)
on conflict (name) do nothing;

insert into public.job_types (type, description, max_attempts, backoff, deadline, max_running_per_user)
values (
  'provider.cancel_order', 'Tells a provider that nobody wants its work any more', 5, '10 seconds', '6 hours', 4
)
on conflict (type) do nothing;
