create trigger claim_row
  before insert on social.ai_settings
  for each row execute function private.social_claim_row();
create trigger set_updated_at
  before update on social.ai_settings
  for each row execute function private.set_updated_at();

create trigger claim_row
  before insert on social.social_accounts
  for each row execute function private.social_claim_row();
-- Of clients alone: what the service writes, it knows.
create trigger unverify_account
  before update of user_id, platform, account_id on social.social_accounts
  for each row
  when (
    current_user = 'authenticated'
    and (old.user_id, old.platform, old.account_id)
      is distinct from (new.user_id, new.platform, new.account_id)
  )
  execute function private.social_unverify_account();
create trigger set_updated_at
  before update on social.social_accounts
  for each row execute function private.set_updated_at();
