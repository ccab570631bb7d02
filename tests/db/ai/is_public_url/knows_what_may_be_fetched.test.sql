begin;
select plan(42);

select ok(private.is_public_url(u), u)
from unnest(array[
  'https://example.com', 'https://example.com/', 'https://cdn.example.co.uk/a/b.png?x=1&y=%20#z', 'HTTPS://EXAMPLE.COM/A',
  'https://example.com:443/a', 'https://xn--bcher-kva.example.com/', 'https://a-b.c9.io?x'
]) as u;
select ok(not private.is_public_url(u), coalesce(left(u, 80), 'null'))
from unnest(array[
  null, '', ' ', 'example.com', 'http://example.com/', 'ftp://example.com/', 'https:/example.com', 'https:///etc/passwd',
  'https://localhost/', 'https://LOCALHOST/', 'https://foo.localhost/', 'https://printer.local/', 'https://metadata.google.internal/',
  'https://intranet/', 'https://127.0.0.1/', 'https://10.0.0.1/', 'https://169.254.169.254/latest', 'https://0x7f000001/', 'https://2130706433/',
  'https://127.1/', 'https://0177.0.0.1/', 'https://[::1]/', 'https://[fd00::1]/', 'https://[::ffff:127.0.0.1]/',
  'https://user@example.com/', 'https://example.com@127.0.0.1/', 'https://example.com:8443/', 'https://example.com:22/',
  'https://example.com./', 'https://example..com/', 'https://-example.com/', 'https://example.com\@127.0.0.1/', 'https://exa mple.com/',
  E'https://example.com/\r\nHost: 127.0.0.1', 'https://example.com/' || repeat('a', 2048)
]) as u;

select * from finish();
rollback;
