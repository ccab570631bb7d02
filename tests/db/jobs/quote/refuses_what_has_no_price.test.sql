begin;
select plan(4);

insert into public.metered_operations (operation, credits, is_active) values ('test.old', 1, false);

select throws_ok(
  format('select private.quote(%L, %L)', p.operation, p.variant), 'PT404', 'price_not_found', p.what
)
from (
  values
    ('an unknown operation', 'test.none', null), ('an unknown variant', 'editor.vectorize', '8x'),
    ('no operation', null, null), ('one that is not active', 'test.old', null)
) as p (what, operation, variant);

select * from finish();
rollback;
