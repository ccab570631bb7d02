begin;
select plan(8);

create function pg_temp.user_of(p_claims text, p_sub text) returns uuid language plpgsql as $$
begin
  perform set_config('request.jwt.claims', p_claims, true), set_config('request.jwt.claim.sub', p_sub, true);
  return private.user_id();
end;
$$;

select is(
  pg_temp.user_of('{"sub": "aaaaaaaa-0000-4000-8000-000000000001"}', ''),
  'aaaaaaaa-0000-4000-8000-000000000001'::uuid, 'request.jwt.claims'
);
select is(
  pg_temp.user_of('', 'aaaaaaaa-0000-4000-8000-000000000001'), 'aaaaaaaa-0000-4000-8000-000000000001'::uuid,
  'request.jwt.claim.sub'
);
select is(
  pg_temp.user_of('{"sub": "bbbbbbbb-0000-4000-8000-000000000002"}', 'aaaaaaaa-0000-4000-8000-000000000001'),
  'bbbbbbbb-0000-4000-8000-000000000002'::uuid, 'the newer form counts'
);
select is(pg_temp.user_of('', ''), null, 'neither is nobody');
select is(pg_temp.user_of('{"role": "anon"}', ''), null, 'a token without sub is nobody');
select is(pg_temp.user_of('{"sub": "auth0|x"}', ''), null, 'an unknown subject is nobody, without an error');
select is(pg_temp.user_of('{"sub": ""}', ''), null, 'an empty sub too');
select is(
  pg_temp.user_of('{"sub": "aaaaaaaa-0000-4000-8000-00000000000"}', ''), null, 'a uuid that is short too'
);

select * from finish();
rollback;
