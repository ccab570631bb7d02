begin;
select plan(7);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('no model', '23514', 'insert into video.model_limits (variant, seconds, default_seconds) values (''a model!'', ''{8}'', 8)'),
    ('no lengths', '23514', 'update video.model_limits set seconds = ''{}'''),
    ('a length of nothing', '23514', 'update video.model_limits set seconds = ''{0}'', default_seconds = 0'),
    ('a length of an hour', '23514', 'update video.model_limits set seconds = ''{3600}'', default_seconds = 3600'),
    ('a usual length that it does not make', '23514', 'update video.model_limits set default_seconds = 59, seconds = ''{8}'''),
    ('no ratios', '23514', 'update video.model_limits set aspect_ratios = ''{}'''),
    (
      'one twice', '23505',
      'insert into video.model_limits (variant, seconds, default_seconds)
       select m.variant, m.seconds, m.default_seconds from video.model_limits as m'
    )
) as c (what, code, statement);

select * from finish();
rollback;
