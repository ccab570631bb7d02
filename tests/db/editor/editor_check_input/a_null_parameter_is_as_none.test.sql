begin;
select plan(1);

select is(
  private.editor_check_input('upscale', '{"factor": null, "source": null, "simulate": null}'),
  '{"source": "original", "factor": 2}'::jsonb, 'a client sends null for what it does not set'
);

select * from finish();
rollback;
