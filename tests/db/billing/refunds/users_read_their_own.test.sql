begin;
select plan(7);

select tests.ann_subscribes();
select tests.create_user('bob@example.com', p_id => 'bbbbbbbb-0000-4000-8000-000000000002');
select tests.tell('refund.created', tests.refund('re_1', 250));
select tests.tell('charge.dispute.created', tests.dispute('needs_response', 100));
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select results_eq('select id from public.refunds', $$ values ('re_1') $$, 'refunds');
select results_eq('select id from public.disputes', $$ values ('dp_1') $$, 'and disputes');
select throws_ok('delete from public.refunds', '42501', null, 'they do not write them');
select throws_ok($$ update public.disputes set status = 'won' $$, '42501', null, 'nor win them');
select tests.authenticate_as('bbbbbbbb-0000-4000-8000-000000000002');
select is_empty('select * from public.refunds', 'others do not');
select is_empty('select * from public.disputes', 'read either');
select tests.authenticate_as_anon();
select throws_ok('select * from public.refunds', '42501', null, 'nobody without a name');

select * from finish();
rollback;
