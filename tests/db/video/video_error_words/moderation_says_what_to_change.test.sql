begin;
select plan(14);

select alike(private.video_error_words(e.error), e.words, left(e.error, 60))
from (
  values
    ('The prompt was blocked by our content policy.', '%safety rules refused%try again%'),
    ('Video generation was filtered: raiMediaFilteredCount 1', '%safety rules refused%'),
    ('This request violates our usage policies.', '%safety rules refused%'),
    ('NSFW content detected.', '%safety rules refused%'),
    ('Your request was flagged by moderation: violence', '%safety rules refused%'),
    ('RAI filter: the prompt describes a child.', '%videos of children%'),
    ('Safety filter: prominent people are not allowed (a celebrity likeness)', '%well-known people%'),
    ('We could not generate this because of third-party content, copyright.', '%somebody else''s work%'),
    ('The work took too long and was stopped.', 'The work took too long and was stopped.'),
    ('Cancelled by the user.', 'Cancelled by the user.'),
    ('The picture is larger than 25 MB. Please use a smaller one.', 'The picture is larger than 25 MB. Please use a smaller one.')
) as e (error, words);
select is(private.video_error_words(e), 'The video could not be made. Nothing was charged.', coalesce(e, 'null'))
from unnest(array[null, '', '  ']) as e;

select * from finish();
rollback;
