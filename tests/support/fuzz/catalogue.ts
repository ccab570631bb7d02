/** One statement as the owner of the database, and its rows: a server's or the local stack's. */
export type Query = <Row extends Record<string, unknown>>(
  text: string,
  values?: unknown[],
) => Promise<Row[]>;

export const SCHEMAS = ["public", "video", "editor", "social", "staging"];

export type Parameter = { name: string; type: string; optional: boolean };
export type Routine = {
  schema: string;
  name: string;
  comment: string;
  is_void: boolean;
  parameters: Parameter[];
  roles: string[];
};

export type Column = { name: string; type: string; labels: string[] | null };
export type Relation = {
  schema: string;
  name: string;
  /** The columns that name a row: the primary key, of a view its id. */
  key: string[];
  /** Whose a row is; null where rows are nobody's. */
  owner: string | null;
  /** What a client may write: anon or authenticated. */
  insert: Column[];
  update: Column[];
};

export const nameOf = (thing: { schema: string; name: string }): string =>
  `${thing.schema}.${thing.name}`;

const CLIENTS = "('anon', 'authenticated')";

const routines = `
  select
    n.nspname as schema, p.proname as name,
    coalesce(obj_description(p.oid, 'pg_proc'), '') as comment,
    p.prorettype = 'void'::regtype as is_void,
    (
      select coalesce(json_agg(json_build_object(
        'name', p.proargnames[a.place], 'type', format_type(a.type, null),
        'optional', a.place > p.pronargs - p.pronargdefaults
      ) order by a.place), '[]')
      from unnest(p.proargtypes) with ordinality as a (type, place)
    ) as parameters,
    (
      select array_agg(r.rolname::text order by r.rolname)
      from pg_roles as r
      where r.rolname in ('anon', 'authenticated', 'service_role')
        and has_function_privilege(r.oid, p.oid, 'execute')
    ) as roles
  from pg_proc as p
  join pg_namespace as n on n.oid = p.pronamespace
  where n.nspname = any ($1) and p.prokind = 'f'
    and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    and not exists (select 1 from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
    and exists (
      select 1 from pg_roles as r
      where r.rolname in ('anon', 'authenticated', 'service_role')
        and has_function_privilege(r.oid, p.oid, 'execute')
    )
  order by 1, 2`;

const granted = (verb: string): string => `
  (
    select coalesce(json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'labels', (
        select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum as e where e.enumtypid = a.atttypid
      )
    ) order by a.attnum), '[]')
    from pg_attribute as a
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and exists (
      select 1 from pg_roles as r
      where r.rolname in ${CLIENTS} and has_column_privilege(r.oid, c.oid, a.attnum, '${verb}')
    )
  )`;

const relations = `
  select
    n.nspname as schema, c.relname as name,
    coalesce(
      (
        select array_agg(a.attname::text order by k.place)
        from pg_index as i
        cross join lateral unnest(i.indkey) with ordinality as k (attnum, place)
        join pg_attribute as a on a.attrelid = c.oid and a.attnum = k.attnum
        where i.indrelid = c.oid and i.indisprimary
      ),
      array['id']
    ) as key,
    (
      select case when bool_or(a.attname = 'user_id') then 'user_id' else 'id' end
      from pg_attribute as a
      where a.attrelid = c.oid
        and (a.attname = 'user_id' or (a.attname = 'id' and c.relname in ('profiles', 'user_profiles', 'users')))
      having count(*) > 0
    ) as owner,
    ${granted("insert")} as insert,
    ${granted("update")} as update
  from pg_class as c
  join pg_namespace as n on n.oid = c.relnamespace
  where n.nspname = any ($1) and c.relkind in ('r', 'p', 'v')
    and exists (
      select 1 from pg_roles as r
      where r.rolname in ${CLIENTS}
        and has_any_column_privilege(r.oid, c.oid, 'insert, update')
    )
  order by 1, 2`;

/** Every function that an API role may call. */
export const listRoutines = (query: Query): Promise<Routine[]> =>
  query<Routine>(routines, [SCHEMAS]);

/** Every table and view that a client may write, with the columns it may write. */
export const listRelations = (query: Query): Promise<Relation[]> =>
  query<Relation>(relations, [SCHEMAS]);
