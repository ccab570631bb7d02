begin;
select plan(11);

select is(private.whop_minor_units('6.9', 'usd'), 690, 'a number');
select is(private.whop_minor_units('49.99', 'EUR'), 4999, 'to the cent, which no float is');
select is(private.whop_minor_units('1234', 'jpy'), 1234, 'a currency without cents');
select is(private.whop_minor_units('1.2345', 'kwd'), 1235, 'one with three digits');
select is(private.whop_minor_units('"50.00"', 'usd'), 5000, 'a text');
select is(private.whop_minor_units('{"amount": "50.00", "currency": "usd", "decimals": 2}', null), 5000, 'an object');
select is(private.whop_minor_units('{"amount": "50", "currency": "jpy", "decimals": 0}', 'jpy'), 50, 'with its own digits');
select is(private.whop_minor_units('null', 'usd'), 0, 'null');
select is(private.whop_minor_units(null, 'usd'), 0, 'nothing');
select throws_ok($$select private.whop_minor_units('"much"', 'usd')$$, '22P02', null, 'no amount');
select throws_ok($$select private.whop_minor_units('1e12', 'usd')$$, '22003', null, 'one that is too much');

select * from finish();
rollback;
