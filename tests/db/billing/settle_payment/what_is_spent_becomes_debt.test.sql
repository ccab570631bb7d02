begin;
select plan(5);

select tests.ann_subscribes();
select private.spend_credits('aaaaaaaa-0000-4000-8000-000000000001', 80);
select tests.tell('refund.created', tests.refund('re_1', 1000));
select results_eq('select * from tests.ann_credits()', $$ values (0, 0, 80) $$, 'what was used is owed');
select tests.tell('refund.failed', tests.refund('re_1', 1000, 'failed'), now() + interval '1 second');
select results_eq('select * from tests.ann_credits()', $$ values (20, 0, 0) $$, 'until the refund fails');
select results_eq(
  'select source, granted, remaining, spent, revoked, expires_at from public.credit_lots order by seq',
  $$ values
    ('monthly_reset', 100, 20, 80, 0, date_trunc('second', now() + interval '1 month')),
    ('refund', 80, 0, 80, 0, date_trunc('second', now() + interval '1 month'))
  $$, 'what had become debt comes back as a lot that repays it and lives no longer than the first'
);
select tests.tell('refund.created', tests.refund('re_2', 1000));
select results_eq('select * from tests.ann_credits()', $$ values (0, 0, 80) $$, 'refunded again, it is owed again');
select is_empty('select * from private.audit_credits()', 'the books add up');

select * from finish();
rollback;
