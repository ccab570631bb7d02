select private.watch_table('social.social_accounts');
select private.watch_table('social.conversations');
select private.watch_table('social.conversation_messages');
select private.watch_table('social.ai_decisions');
select private.watch_table('social.support_escalations');
select private.watch_table('social.scheduled_posts');
select private.watch_table('social.comments');
select private.watch_table('social.knowledge_documents');
