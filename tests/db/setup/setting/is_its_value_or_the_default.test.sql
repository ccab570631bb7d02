begin;
select plan(3);

select is(private.setting('no_such_setting'), null, 'null');
select is(private.setting('no_such_setting', 'x'), 'x', 'the default');
select private.set_setting('no_such_setting', 'y');
select private.set_setting('no_such_setting', 'z');
select is(private.setting('no_such_setting', 'x'), 'z', 'the last that was set');

select * from finish();
rollback;
