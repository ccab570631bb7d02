insert into social.ai_models (
  name, provider, openrouter_id, description, logo_key, credit_cost, model_type,
  max_context_tokens, supports_images, supports_audio
)
values
  ('GPT-4o', 'openai', 'openai/gpt-4o', 'For hard questions, with pictures', 'openai.svg', 5, 'advanced', 128000, true, false),
  ('GPT-4o mini', 'openai', 'openai/gpt-4o-mini', 'Quick and cheap', 'openai.svg', 1, 'affordable', 128000, true, false),
  ('Claude 3.5 Haiku', 'anthropic', 'anthropic/claude-3.5-haiku', 'Quick, with a good tone', 'anthropic.svg', 2, 'fast', 200000, true, false),
  ('Gemini 2.0 Flash', 'google', 'google/gemini-2.0-flash-001', 'Quick, for long documents', 'google.svg', 1, 'fast', 1048576, true, true),
  ('Llama 3.3 70B', 'meta', 'meta-llama/llama-3.3-70b-instruct', 'Open, and cheap', 'meta.svg', 1, 'affordable', 131072, false, false)
on conflict (openrouter_id) do nothing;

-- The steps of the checkpointer's setup(): 0 to 4 of the JavaScript package, to 9 of the
-- Python one, whose further indexes our primary keys are and whose task_path we have.
insert into social.checkpoint_migrations (v)
select v from generate_series(0, 9) as v
on conflict (v) do nothing;
