begin;
select plan(9);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('no context', '23514', 'update social.ai_models set max_context_tokens = 0'),
    ('free', '23514', 'update social.ai_models set credit_cost = 0'),
    ('no number of credits', '23514', 'update social.ai_models set credit_cost = ''NaN'''),
    ('another type', '23514', 'update social.ai_models set model_type = ''best'''),
    ('no name', '23514', 'update social.ai_models set name = '''''),
    ('no provider', '23514', 'update social.ai_models set provider = '''''),
    ('a long description', '23514', 'update social.ai_models set description = repeat(''d'', 2001)'),
    ('a long logo', '23514', 'update social.ai_models set logo_key = repeat(''l'', 201)'),
    ('a model twice', '23505', 'update social.ai_models set openrouter_id = ''openai/gpt-4o'' where openrouter_id <> ''openai/gpt-4o''')
) as c (what, code, statement);

select * from finish();
rollback;
