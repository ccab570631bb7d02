begin;
select plan(21);

select throws_ok(
  format('select private.editor_check_input(%L, %L)', c.operation, c.input), 'PT400', 'input_invalid',
  c.operation || ' ' || left(c.input, 60)
)
from (
  values
    ('upscale', '[]'), ('upscale', '"4x"'), ('upscale', '7'),
    ('upscale', '{"factor": 3}'), ('upscale', '{"factor": "many"}'), ('upscale', '{"factor": -2}'), ('upscale', '{"factor": [2]}'),
    ('vectorize', '{"source": "http://169.254.169.254/"}'), ('vectorize', '{"source": {"bucket": "results"}}'),
    ('vectorize', '{"simulate": "anything"}'),
    ('generate', '{}'), ('generate', '{"prompt": ""}'), ('generate', '{"prompt": "  "}'), ('generate', '{"prompt": null}'),
    ('generate', jsonb_build_object('prompt', repeat('p', 2001))::text),
    ('generate', '{"prompt": "p", "width": 63}'), ('generate', '{"prompt": "p", "height": 2049}'),
    ('generate', '{"prompt": "p", "width": 100.5}'), ('generate', '{"prompt": "p", "width": "wide"}'),
    ('generate', '{"prompt": "p", "width": 99999999999}'), ('generate', '{"prompt": "p", "height": -100}')
) as c (operation, input);

select * from finish();
rollback;
