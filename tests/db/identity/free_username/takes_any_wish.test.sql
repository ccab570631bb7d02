begin;
select plan(4);

select is(private.free_username('  <b>Ünal O''Neil</b> '), 'bÜnalONeilb', 'letters of any alphabet, no markup');
select is(private.free_username('+++'), 'user', 'nothing left is user');
select is(private.free_username(null), 'user', 'no wish too');
select is(char_length(private.free_username(repeat('a', 300))), 40, 'a long one is cut');

select * from finish();
rollback;
