-- Elements of arrays are looked at as jsonb: a check takes no subquery, and a
-- function of ours in a check would have to be every client's to execute.
create table video.brand_guidelines (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  brand_name text not null,
  "values" text[] not null default '{}',
  tone_of_voice text[] not null default '{}',
  visual_style text,
  do_list text[] not null default '{}',
  dont_list text[] not null default '{}',
  color_palette text[] not null default '{}',
  fonts text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "brand texts are bounded" check (
    char_length(brand_name) <= 200 and brand_name ~ '\S'
    and char_length(visual_style) <= 2000
    and char_length(fonts) <= 500
  ),
  constraint "brand values are at most 30 texts of 200" check (
    cardinality("values") <= 30 and coalesce(array_ndims("values"), 1) = 1
    and not to_jsonb("values") @? '$[*] ? (@ == null || !(@ like_regex "^.{1,200}$" flag "s"))'
  ),
  constraint "a tone of voice is at most 30 texts of 200" check (
    cardinality(tone_of_voice) <= 30 and coalesce(array_ndims(tone_of_voice), 1) = 1
    and not to_jsonb(tone_of_voice) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,200}$" flag "s"))'
  ),
  constraint "a brand's do's are at most 50 texts of 250" check (
    cardinality(do_list) <= 50 and coalesce(array_ndims(do_list), 1) = 1
    and not to_jsonb(do_list) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,250}$" flag "s"))'
  ),
  constraint "a brand's don'ts are at most 50 texts of 250" check (
    cardinality(dont_list) <= 50 and coalesce(array_ndims(dont_list), 1) = 1
    and not to_jsonb(dont_list) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,250}$" flag "s"))'
  ),
  constraint "a palette is at most 30 colours of 50" check (
    cardinality(color_palette) <= 30 and coalesce(array_ndims(color_palette), 1) = 1
    and not to_jsonb(color_palette) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,50}$" flag "s"))'
  )
);
create index brand_guidelines_user_id_idx on video.brand_guidelines (user_id, created_at desc);
comment on table video.brand_guidelines is 'What a user''s brand says, shows, does and never does.';

create table video.campaigns (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  name text not null,
  description text,
  target_audience text,
  platform text[] not null default '{}',
  status text not null default 'draft',
  total_videos integer not null default 0,
  completed_videos integer not null default 0,
  concepts jsonb not null default '[]',
  brand_guidelines_id uuid references video.brand_guidelines (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  completed_at timestamptz,
  constraint "a campaign has a known status" check (status in ('draft', 'active', 'completed')),
  constraint "a completed campaign says when" check ((status = 'completed') = (completed_at is not null)),
  constraint "campaign texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S'
    and char_length(description) <= 5000
    and char_length(target_audience) <= 2000
    and pg_column_size(concepts) <= 65536
  ),
  constraint "a campaign is for at most 20 platforms" check (
    cardinality(platform) <= 20 and coalesce(array_ndims(platform), 1) = 1
    and not to_jsonb(platform) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,50}$" flag "s"))'
  ),
  constraint "a campaign counts from nothing" check (
    total_videos between 0 and 100000 and completed_videos >= 0
  )
);
create index campaigns_user_id_idx on video.campaigns (user_id, created_at desc);
create index campaigns_brand_guidelines_id_idx on video.campaigns (brand_guidelines_id);
comment on table video.campaigns is 'Videos that belong together. Its status moves draft, active, completed.';
comment on column video.campaigns.completed_videos is
  'Successful generations with this campaign_id, kept by trigger whatever is sent.';
comment on column video.campaigns.completed_at is 'When it was completed, kept by trigger whatever is sent.';

create table video.storyboard_sequences (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  campaign_id uuid references video.campaigns (id) on delete set null,
  name text not null,
  frames jsonb not null default '[]',
  total_duration integer not null default 0,
  character_id text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "storyboard texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S' and char_length(character_id) <= 200
  ),
  constraint "at most 100 frames, each with a description and a duration" check (
    case
      when jsonb_typeof(frames) = 'array' then
        jsonb_array_length(frames) <= 100
        and pg_column_size(frames) <= 131072
        and jsonb_array_length(frames) = jsonb_array_length(
          jsonb_path_query_array(
            frames,
            'strict $[*] ? (@.description like_regex "\\S" && @.duration.type() == "number" && @.duration > 0 && @.duration <= 3600)'
          )
        )
      else false
    end
  )
);
create index storyboard_sequences_user_id_idx on video.storyboard_sequences (user_id, created_at desc);
create index storyboard_sequences_campaign_id_idx on video.storyboard_sequences (campaign_id);
comment on table video.storyboard_sequences is 'The frames of a film to come, in order.';
comment on column video.storyboard_sequences.frames is
  'An array of at most 100 objects: description (text), duration (seconds, over 0 and at most 3600), and what else the front end keeps.';
comment on column video.storyboard_sequences.total_duration is
  'The sum of the frames'' durations, rounded up to seconds; kept by trigger whatever is sent.';

alter table video.brand_guidelines enable row level security;
alter table video.campaigns enable row level security;
alter table video.storyboard_sequences enable row level security;
