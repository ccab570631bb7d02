create table video.tool_configurations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  tool_name text not null,
  character_id text,
  configuration jsonb not null default '{}',
  is_favorite boolean not null default false,
  usage_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "tool configuration texts are bounded" check (
    char_length(tool_name) <= 100 and tool_name ~ '\S'
    and char_length(character_id) <= 200
    and pg_column_size(configuration) <= 65536
  ),
  constraint "a tool configuration is used a number of times" check (usage_count between 0 and 1000000000)
);
create index tool_configurations_user_id_idx
  on video.tool_configurations (user_id, is_favorite, created_at desc);
comment on table video.tool_configurations is 'A user''s saved settings of a tool.';
comment on column video.tool_configurations.usage_count is 'Raised by use_item, which loses none of two at once.';

create table video.style_presets (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  name text not null,
  character_id text,
  style_data jsonb not null default '{}',
  thumbnail_url text,
  is_favorite boolean not null default false,
  usage_count integer not null default 0,
  tags text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "style preset texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S'
    and char_length(character_id) <= 200
    and char_length(thumbnail_url) <= 2048
    and pg_column_size(style_data) <= 65536
  ),
  constraint "a style preset has at most 50 tags of 50" check (
    cardinality(tags) <= 50 and coalesce(array_ndims(tags), 1) = 1
    and not to_jsonb(tags) @? '$[*] ? (@ == null || !(@ like_regex "^.{1,50}$" flag "s"))'
  ),
  constraint "a style preset is used a number of times" check (usage_count between 0 and 1000000000)
);
create index style_presets_user_id_idx on video.style_presets (user_id, is_favorite, created_at desc);
-- For callers without policies: array operators are not leakproof, so a client's
-- search reads the user's own presets by the index above and filters those.
create index style_presets_tags_idx on video.style_presets using gin (tags);
comment on table video.style_presets is 'A user''s saved styles, found by tags and favourites.';
comment on column video.style_presets.usage_count is 'Raised by use_item, which loses none of two at once.';

create table video.tool_preset_chains (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  name text not null,
  description text,
  tools jsonb not null default '[]',
  is_favorite boolean not null default false,
  usage_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "tool chain texts are bounded" check (
    char_length(name) <= 200 and name ~ '\S' and char_length(description) <= 5000
  ),
  constraint "a tool chain is at most 50 objects that name a tool" check (
    case
      when jsonb_typeof(tools) = 'array' then
        jsonb_array_length(tools) <= 50
        and pg_column_size(tools) <= 131072
        and jsonb_array_length(tools) = jsonb_array_length(
          jsonb_path_query_array(
            tools,
            'strict $[*] ? (@.tool like_regex "^.{1,100}$" || @.tool_name like_regex "^.{1,100}$" || @.name like_regex "^.{1,100}$")'
          )
        )
      else false
    end
  ),
  constraint "a tool chain is used a number of times" check (usage_count between 0 and 1000000000)
);
create index tool_preset_chains_user_id_idx
  on video.tool_preset_chains (user_id, is_favorite, created_at desc);
comment on table video.tool_preset_chains is 'Tools that a user runs one after another.';
comment on column video.tool_preset_chains.tools is
  'An array of at most 50 objects in order, each naming its tool under tool, tool_name or name; its settings are the front end''s.';
comment on column video.tool_preset_chains.usage_count is 'Raised by use_item, which loses none of two at once.';

create table video.platform_configurations (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id),
  platform text not null,
  aspect_ratio text,
  preferred_style jsonb,
  prompt_templates jsonb,
  character_preferences jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint "a platform is configured once by a user" unique (user_id, platform),
  constraint "platform configuration texts are bounded" check (
    char_length(platform) <= 50 and platform ~ '\S'
    and char_length(aspect_ratio) <= 10
    and pg_column_size(preferred_style) <= 65536
    and pg_column_size(prompt_templates) <= 65536
    and pg_column_size(character_preferences) <= 65536
  )
);
comment on table video.platform_configurations is
  'How a user makes videos for a platform; upserted by (user_id, platform).';

alter table video.tool_configurations enable row level security;
alter table video.style_presets enable row level security;
alter table video.tool_preset_chains enable row level security;
alter table video.platform_configurations enable row level security;
