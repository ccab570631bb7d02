begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
insert into public.payments (source, external_id, user_id, amount, currency, credits)
values ('stripe', 'pi_1', 'aaaaaaaa-0000-4000-8000-000000000001', 999, 'usd', 100);
insert into private.payment_grants (source, payment_id, n, user_id, transaction_type, credits, due_at)
values ('stripe', 'pi_1', 1, 'aaaaaaaa-0000-4000-8000-000000000001', 'purchase', 100, 'infinity');

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('a grant of nothing', '23514', 'update private.payment_grants set credits = 0'),
    (
      'one payment''s first grant twice', '23505',
      'insert into private.payment_grants (source, payment_id, n, user_id, transaction_type, credits, due_at)
       select g.source, g.payment_id, g.n, g.user_id, g.transaction_type, 1, g.due_at from private.payment_grants as g'
    )
) as c (what, code, statement);

select * from finish();
rollback;
