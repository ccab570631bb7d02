begin;
select plan(3);

select tests.authenticate_as_anon();
select is(public.quote('editor.upscale', '4x') -> 'credits', '2', 'anon');
select tests.authenticate_as('aaaaaaaa-0000-4000-8000-000000000001');
select is(public.quote('editor.upscale', '4x') -> 'credits', '2', 'a user');
select tests.authenticate_as_service();
select is(public.quote('editor.upscale', '4x') -> 'credits', '2', 'the service');

select * from finish();
rollback;
