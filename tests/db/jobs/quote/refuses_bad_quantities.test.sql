begin;
select plan(7);

select throws_ok(
  format('select private.quote(''editor.vectorize'', null, %s)', q.quantity),
  'PT400', 'quantity_invalid', 'a quantity of ' || q.quantity
)
from unnest(array['null', '0', '-1', '100001', '''NaN''', '''infinity''']) as q (quantity);
select is(
  private.quote('editor.vectorize', null, 0.0001) -> 'credits', '1', 'a little costs a whole credit'
);

select * from finish();
rollback;
