-- An answer's phrasings are texts, and its size is counted.
create function private.social_prepare_faq()
returns trigger
language plpgsql
security definer            -- helpers in private are not the caller's to name
set search_path = ''
as $$
begin
  perform private.social_tsconfig(new.tsconfig);
  if exists (
    select 1
    from unnest(new.questions) as q (question)
    where btrim(q.question) = '' or char_length(q.question) > 500
  ) then
    raise exception using
      errcode = 'PT400', message = 'input_invalid',
      detail = 'A phrasing is blank or longer than 500 characters.',
      hint = 'Send up to 50 phrasings of 1 to 500 characters.';
  end if;
  new.text_size_bytes := octet_length(coalesce(new.title, ''))
    + octet_length(array_to_string(new.questions, ''))
    + octet_length(coalesce(new.answer, ''));
  return new;
end;
$$;
