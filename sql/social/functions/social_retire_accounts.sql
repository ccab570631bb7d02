-- A user leaves: their accounts go, and with them conversations, posts and comments;
-- then what hangs on no account.
create function private.social_retire_accounts(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  delete from social.social_accounts as a where a.user_id = p_user_id;
  delete from social.monitoring_rules as r where r.user_id = p_user_id;
  delete from social.ai_settings as s where s.user_id = p_user_id;
  delete from social.ai_decisions as d where d.user_id = p_user_id;
  delete from social.analytics as a where a.user_id = p_user_id;
  delete from social.analytics_history as h where h.user_id = p_user_id;
  delete from social.topic_analysis as t where t.user_id = p_user_id;
  delete from social.bertopic_models as m where m.user_id = p_user_id;
end;
$$;
