begin;
select plan(5);

select throws_ok(
  format('select private.record_provider_callback(%L, %L, ''{}'')', c.provider, c.external_id),
  'PT400', c.word, c.what
)
from (
  values
    ('no provider', 'argument_missing', null, '1'), ('a blank id', 'argument_missing', 'p', ' '),
    ('a long provider', 'argument_too_long', repeat('p', 101), '1'),
    ('a long id', 'argument_too_long', 'p', repeat('1', 501))
) as c (what, word, provider, external_id);
select is(
  private.record_provider_callback('p', '1', null) ->> 'outcome', 'unknown', 'no payload is an empty one'
);

select * from finish();
rollback;
