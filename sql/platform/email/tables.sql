create table public.email_templates (
  id uuid primary key default gen_random_uuid(),
  name text not null unique,
  subject text not null,
  html_content text not null,
  text_content text,
  sendgrid_template_id text,
  is_active boolean default true,
  created_at timestamptz default now(),
  updated_at timestamptz default now(),
  constraint "template texts are bounded" check (
    char_length(name) between 1 and 200 and char_length(subject) between 1 and 998
    and octet_length(html_content) <= 1048576 and octet_length(text_content) <= 1048576
  )
);
comment on table public.email_templates is 'Texts of emails; written by admins.';

create table public.email_campaigns (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  template_id uuid references public.email_templates (id),
  target_audience jsonb,
  status text default 'draft',
  scheduled_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz default now(),
  constraint "a campaign has a known status" check (
    status in ('draft', 'scheduled', 'sending', 'completed', 'cancelled')
  ),
  constraint "campaign texts are bounded" check (
    char_length(name) between 1 and 200 and pg_column_size(target_audience) <= 65536
  )
);
create index email_campaigns_template_id_idx on public.email_campaigns (template_id);
comment on table public.email_campaigns is 'A template sent to an audience; written by admins.';

create table public.email_logs (
  id uuid primary key default gen_random_uuid(),
  user_id uuid references public.profiles (id),
  template_id uuid references public.email_templates (id) on delete set null,
  campaign_id uuid references public.email_campaigns (id) on delete set null,
  sendgrid_message_id text,
  status text not null,
  sent_at timestamptz default now(),
  delivered_at timestamptz,
  opened_at timestamptz,
  clicked_at timestamptz,
  constraint "an email has a known status" check (
    status in ('sent', 'delivered', 'opened', 'clicked', 'bounced', 'failed')
  )
);
create index email_logs_user_id_idx on public.email_logs (user_id, sent_at desc);
create index email_logs_template_id_idx on public.email_logs (template_id);
create index email_logs_campaign_id_idx on public.email_logs (campaign_id);
create index email_logs_sendgrid_message_id_idx on public.email_logs (sendgrid_message_id);
comment on table public.email_logs is 'Emails that were sent and what became of them.';

alter table public.email_templates enable row level security;
alter table public.email_campaigns enable row level security;
alter table public.email_logs enable row level security;
