-- A chunk belongs to its document's user, and its words are those of its content:
-- to_tsvector of a configuration in a column is not immutable, so that no generated
-- column can keep them.
create function private.social_prepare_chunk()
returns trigger
language plpgsql
security definer            -- looks the document up whatever the caller sees
set search_path = ''
as $$
declare
  v_caller uuid := private.user_id();
  v_owner uuid;
  v_document_id uuid;
begin
  if tg_op = 'UPDATE' and new.document_id = old.document_id then
    new.user_id := old.user_id;
  else
    -- The user, then the document: both stay until this commits.
    select d.user_id into v_owner
    from social.knowledge_documents as d
    where d.id = new.document_id;
    if found and (v_caller is null or v_owner = v_caller) then
      perform private.require_present(v_owner);
      select d.id into v_document_id
      from social.knowledge_documents as d
      where d.id = new.document_id and d.user_id = v_owner
      for key share;
    end if;
    if v_document_id is null then
      raise exception using
        errcode = 'PT404', message = 'document_not_found',
        detail = format('You have no document %s.', coalesce(new.document_id::text, 'null')),
        hint = 'Insert the document first.';
    end if;
    new.user_id := v_owner;
  end if;

  if tg_op = 'UPDATE' and (new.content, new.tsconfig) is not distinct from (old.content, old.tsconfig) then
    new.tsv := old.tsv;
  else
    -- What is longer is refused, but only after this: a tsvector holds 1 MB.
    new.tsv := to_tsvector(private.social_tsconfig(new.tsconfig), left(new.content, 20000));
  end if;
  return new;
end;
$$;
