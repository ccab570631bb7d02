begin;
select plan(3);

select set_eq(
  $$ select format('%s.%s', t.schemaname, t.tablename) from pg_publication_tables as t where t.pubname = 'supabase_realtime' $$,
  array[
    'public.profiles', 'public.credit_accounts', 'public.credit_transactions', 'public.subscriptions', 'public.jobs',
    'editor.images', 'editor.image_operations', 'editor.image_pipelines',
    'video.generations', 'video.campaigns', 'video.tool_chain_runs', 'video.tool_chain_steps',
    'staging.projects', 'staging.images',
    'social.social_accounts', 'social.conversations', 'social.conversation_messages', 'social.ai_decisions',
    'social.support_escalations', 'social.scheduled_posts', 'social.comments', 'social.knowledge_documents'
  ],
  'are in the publication'
);
select is_empty(
  $$
    select t.tablename
    from pg_publication_tables as t
    join pg_class as c on c.oid = format('%I.%I', t.schemaname, t.tablename)::regclass
    where t.pubname = 'supabase_realtime' and not c.relrowsecurity
  $$,
  'each under row level security'
);
select lives_ok($$ select private.watch_table('public.jobs') $$, 'twice is once');

select * from finish();
rollback;
