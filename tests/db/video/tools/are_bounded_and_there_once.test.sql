begin;
select plan(5);

select throws_ok(c.statement, c.code, null, c.what)
from (
  values
    ('no word', '23514', 'update video.tools set tool = ''A tool'' where tool = ''upscale'''),
    ('no label', '23514', 'update video.tools set label = '''''),
    ('a long label', '23514', 'update video.tools set label = repeat(''l'', 101)'),
    ('one that makes a song', '23514', 'update video.tools set makes = ''song'''),
    (
      'one twice', '23505',
      'insert into video.tools (tool, label, job_type, task, makes) select t.tool, t.label, t.job_type, t.task, t.makes from video.tools as t'
    )
) as c (what, code, statement);

select * from finish();
rollback;
