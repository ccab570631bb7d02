begin;
select plan(3);

select throws_ok($$ select private.secret('no_such_secret') $$, 'PT500', 'secret_missing', 'nothing is found');
select private.set_setting('no_such_secret', '');
select throws_ok(
  $$ select private.secret('no_such_secret') $$, 'PT500', 'secret_missing', 'an empty one is none'
);
select private.set_setting('no_such_secret', 'sesame');
select is(private.secret('no_such_secret'), 'sesame', 'one of the settings is');

select * from finish();
rollback;
