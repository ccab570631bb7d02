begin;
select plan(2);

select private.set_setting('signup_credits', '0');
select tests.create_user('ann@example.com', p_id => 'aaaaaaaa-0000-4000-8000-000000000001');
create function private.takes_the_name() returns trigger language plpgsql as $$
begin
  new.username := 'ann';
  return new;
end;
$$;
-- Somebody else is always faster.
create trigger takes_the_name before insert on public.profiles for each row execute function private.takes_the_name();

select throws_ok(
  $$ select private.create_profile('bbbbbbbb-0000-4000-8000-000000000002', 'bob@example.com') $$, '23505', null, 'in the end it is told'
);
select is((select count(*)::integer from public.profiles), 1, 'nobody is there without a profile');

select * from finish();
rollback;
