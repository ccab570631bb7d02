begin;
select plan(6);

select is(private.editor_check_input(c.operation, c.input::jsonb), c.known::jsonb, c.operation || ' ' || coalesce(c.input, 'null'))
from (
  values
    ('upscale', null, '{"source": "original", "factor": 2}'),
    ('upscale', '{"factor": "4", "callback_url": "http://169.254.169.254/"}', '{"source": "original", "factor": 4}'),
    ('vectorize', '{"source": "processed", "path": "x"}', '{"source": "processed"}'),
    ('background_removal', '{"simulate": "fail"}', '{"source": "original", "simulate": "fail"}'),
    ('generate', '{"prompt": " A cat ", "source": "processed"}', '{"prompt": "A cat", "width": 1024, "height": 1024}'),
    ('generate', '{"prompt": "p", "width": "64", "height": 2048}', '{"prompt": "p", "width": 64, "height": 2048}')
) as c (operation, input, known);

select * from finish();
rollback;
